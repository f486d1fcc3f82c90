package dev.vitrine.tensor.kernel.vector;

import static jdk.incubator.vector.VectorOperators.GT;

import dev.vitrine.tensor.kernel.math.Softplus;
import jdk.incubator.vector.FloatVector;

/** {@link Softplus} on a vector: the same steps, the same bits. */
public final class VectorSoftplus {
  private VectorSoftplus() {}

  /** log(1 + eˣ). */
  public static FloatVector softplus(FloatVector x) {
    FloatVector positive = FloatVector.broadcast(Lanes.F, 0f).blend(x, x.compare(GT, 0f));
    return positive.add(VectorLog.log1p(VectorExp.exp(x.abs().neg())));
  }
}
