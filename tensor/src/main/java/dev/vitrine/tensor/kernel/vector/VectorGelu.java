package dev.vitrine.tensor.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;

import dev.vitrine.tensor.kernel.math.Gelu;
import jdk.incubator.vector.FloatVector;

/** {@link Gelu} on a vector: the same steps, the same bits. */
public final class VectorGelu {
  private VectorGelu() {}

  /** ½·x·(1 + erf(x ⁄ √2)). */
  public static FloatVector gelu(FloatVector x) {
    FloatVector y = VectorErf.erf(x.mul(Gelu.SQRT_HALF)).add(1f).mul(x.mul(0.5f));
    return y.blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
  }

  /** ½·x·(1 + tanh(√(2 ⁄ π)·(x + 0.044715·x³))). */
  public static FloatVector geluTanh(FloatVector x) {
    FloatVector u = x.mul(x).mul(Gelu.CUBIC).fma(x, x).mul(Gelu.SQRT_TWO_OVER_PI);
    FloatVector y = VectorTanh.tanh(u).add(1f).mul(x.mul(0.5f));
    return y.blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
  }
}
