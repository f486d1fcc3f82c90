package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.math.Tanh.C11;
import static dev.vitrine.tensor.kernel.math.Tanh.C3;
import static dev.vitrine.tensor.kernel.math.Tanh.C5;
import static dev.vitrine.tensor.kernel.math.Tanh.C7;
import static dev.vitrine.tensor.kernel.math.Tanh.C9;
import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.math.Tanh;
import jdk.incubator.vector.FloatVector;

/** {@link Tanh} on a vector: the same steps, the same bits. */
public final class VectorTanh {
  private static final int SIGN = 0x80000000;

  private VectorTanh() {}

  /** tanh x. */
  public static FloatVector tanh(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector large = VectorExp.moderate(t.mul(2f)).add(1f);
    large = broadcast(F, 1f).sub(broadcast(F, 2f).div(large));
    large = large.blend(1f, t.compare(GT, Tanh.ONE));
    FloatVector s = t.mul(t);
    FloatVector p = broadcast(F, C11).fma(s, broadcast(F, C9)).fma(s, broadcast(F, C7));
    p = p.fma(s, broadcast(F, C5)).fma(s, broadcast(F, C3));
    FloatVector y = large.blend(t.mul(s).fma(p, t), t.compare(LT, Tanh.JOIN));
    return y.viewAsIntegralLanes().or(x.viewAsIntegralLanes().and(SIGN)).viewAsFloatingLanes();
  }
}
