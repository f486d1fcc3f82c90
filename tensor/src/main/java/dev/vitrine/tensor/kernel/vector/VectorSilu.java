package dev.vitrine.tensor.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;

import dev.vitrine.tensor.kernel.math.Silu;
import jdk.incubator.vector.FloatVector;

/** {@link Silu} on a vector: the same steps, the same bits. */
public final class VectorSilu {
  private VectorSilu() {}

  /** x·σ(x). */
  public static FloatVector silu(FloatVector x) {
    FloatVector y = x.mul(VectorSigmoid.sigmoid(x));
    return y.blend(-0f, x.compare(EQ, Float.NEGATIVE_INFINITY));
  }
}
