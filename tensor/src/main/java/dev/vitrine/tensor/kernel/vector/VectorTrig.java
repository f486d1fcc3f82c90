package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.math.Trig.C4;
import static dev.vitrine.tensor.kernel.math.Trig.C6;
import static dev.vitrine.tensor.kernel.math.Trig.C8;
import static dev.vitrine.tensor.kernel.math.Trig.HALF_PI_1;
import static dev.vitrine.tensor.kernel.math.Trig.HALF_PI_2;
import static dev.vitrine.tensor.kernel.math.Trig.HALF_PI_3;
import static dev.vitrine.tensor.kernel.math.Trig.S3;
import static dev.vitrine.tensor.kernel.math.Trig.S5;
import static dev.vitrine.tensor.kernel.math.Trig.S7;
import static dev.vitrine.tensor.kernel.math.Trig.S9;
import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.vitrine.tensor.kernel.math.Shifter;
import dev.vitrine.tensor.kernel.math.Trig;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * {@link Trig} on a vector: the same steps, the same bits.
 *
 * <p>Angles beyond 2¹³ are rare and their reduction is integer work: the scalar form does it. A
 * loop asks {@link #moderate} for each vector, and each branch stores its own result: a vector that
 * merges from two branches is boxed.
 */
public final class VectorTrig {
  private static final int SIGN = 0x80000000;

  private VectorTrig() {}

  /** Whether |x| ≤ 2¹³, or NaN, in all lanes. */
  public static boolean moderate(FloatVector x) {
    return !x.abs().compare(GT, Trig.MODERATE).anyTrue();
  }

  /** sin x for {@linkplain #moderate moderate} angles. */
  public static FloatVector moderateSin(FloatVector x) {
    IntVector sign = x.viewAsIntegralLanes().and(SIGN);
    return quarter(x.abs(), 0).lanewise(XOR, sign).viewAsFloatingLanes();
  }

  /** cos x for {@linkplain #moderate moderate} angles. */
  public static FloatVector moderateCos(FloatVector x) {
    return quarter(x.abs(), 1).viewAsFloatingLanes();
  }

  /** sin of each of the floats of one vector at {@code x}; y may be x. */
  static void sinOfEach(long x, long y) {
    for (long at = 0; at < Raw.VECTOR; at += Float.BYTES) {
      Raw.put(Trig.sin(Raw.get(x + at)), y + at);
    }
  }

  /** cos of each of the floats of one vector at {@code x}; y may be x. */
  static void cosOfEach(long x, long y) {
    for (long at = 0; at < Raw.VECTOR; at += Float.BYTES) {
      Raw.put(Trig.cos(Raw.get(x + at)), y + at);
    }
  }

  /** The bits of sin(t + turn·π⁄2) for 0 ≤ t ≤ 2¹³. */
  private static IntVector quarter(FloatVector t, int turn) {
    FloatVector shifted = t.fma(broadcast(F, Trig.TWO_OVER_PI), broadcast(F, Shifter.VALUE));
    FloatVector n = shifted.sub(Shifter.VALUE);
    FloatVector r = n.fma(broadcast(F, -HALF_PI_1), t);
    r = n.fma(broadcast(F, -HALF_PI_3), n.fma(broadcast(F, -HALF_PI_2), r));
    IntVector quadrant = shifted.viewAsIntegralLanes().add(turn);
    FloatVector s = r.mul(r);
    FloatVector p =
        broadcast(F, S9).fma(s, broadcast(F, S7)).fma(s, broadcast(F, S5)).fma(s, broadcast(F, S3));
    IntVector sine = r.mul(s).fma(p, r).viewAsIntegralLanes();
    FloatVector q =
        broadcast(F, C8)
            .fma(s, broadcast(F, C6))
            .fma(s, broadcast(F, C4))
            .fma(s, broadcast(F, -0.5f));
    IntVector cosine = q.fma(s, broadcast(F, 1f)).viewAsIntegralLanes();
    IntVector y = cosine.blend(sine, quadrant.and(1).compare(EQ, 0));
    return y.lanewise(XOR, quadrant.and(2).lanewise(LSHL, 30));
  }
}
