package dev.vitrine.tensor.kernel.vector;

import static jdk.incubator.vector.VectorOperators.LE;

import dev.vitrine.tensor.kernel.math.Relu;
import jdk.incubator.vector.FloatVector;

/** {@link Relu} on a vector: the same bits. */
public final class VectorRelu {
  private VectorRelu() {}

  /** x ≤ 0 ? +0 : x. */
  public static FloatVector relu(FloatVector x) {
    return x.blend(0f, x.compare(LE, 0f));
  }
}
