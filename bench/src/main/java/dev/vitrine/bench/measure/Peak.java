package dev.vitrine.bench.measure;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** c = a·b + c on registers alone: what the fma units of this machine make at this moment. */
public final class Peak {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;

  /** Chains that don't wait for each other: more than latency (4) × units (2). */
  private static final int CHAINS = 12;

  /** Few, so that the method is soon called often enough for C2. */
  private static final int STEPS = 1000;

  private Peak() {}

  /** Operations of {@link #run}. */
  public static double flops(int calls) {
    return 2.0 * calls * STEPS * CHAINS * F.length();
  }

  /** What it returns only keeps the loops alive. */
  public static float run(int calls) {
    float sum = 0;
    for (int i = 0; i < calls; i++) {
      sum += chains();
    }
    return sum;
  }

  private static float chains() {
    FloatVector a = FloatVector.broadcast(F, 0.5f);
    FloatVector b = FloatVector.broadcast(F, 1); // c tends to 2
    FloatVector c0 = b, c1 = b, c2 = b, c3 = b, c4 = b, c5 = b;
    FloatVector c6 = b, c7 = b, c8 = b, c9 = b, c10 = b, c11 = b;
    for (int i = 0; i < STEPS; i++) {
      c0 = c0.fma(a, b);
      c1 = c1.fma(a, b);
      c2 = c2.fma(a, b);
      c3 = c3.fma(a, b);
      c4 = c4.fma(a, b);
      c5 = c5.fma(a, b);
      c6 = c6.fma(a, b);
      c7 = c7.fma(a, b);
      c8 = c8.fma(a, b);
      c9 = c9.fma(a, b);
      c10 = c10.fma(a, b);
      c11 = c11.fma(a, b);
    }
    FloatVector s = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    FloatVector t = c6.add(c7).add(c8).add(c9).add(c10).add(c11);
    return s.add(t).lane(0);
  }
}
