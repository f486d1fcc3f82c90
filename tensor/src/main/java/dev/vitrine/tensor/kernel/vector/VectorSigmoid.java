package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Shifter;
import dev.vitrine.tensor.kernel.math.Sigmoid;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** {@link Sigmoid} on a vector: the same steps, the same bits. */
public final class VectorSigmoid {
  private VectorSigmoid() {}

  /** σ(x). */
  public static FloatVector sigmoid(FloatVector x) {
    FloatVector t = x.abs().neg();
    t = t.blend(-104f, t.compare(LT, -104f));
    FloatVector shifted = t.fma(broadcast(F, Exp.LOG2_E), broadcast(F, Shifter.VALUE));
    FloatVector r = VectorExp.rest(t, shifted.sub(Shifter.VALUE));
    FloatVector slope = VectorExp.slope(r);
    IntVector n = shifted.viewAsIntegralLanes().sub(Shifter.BITS);
    IntVector half = n.lanewise(ASHR, 1);
    FloatVector first = VectorExp.power(half);
    FloatVector second = VectorExp.power(n.sub(half));
    FloatVector e = slope.fma(r, broadcast(F, 1f)).mul(first).mul(second);
    FloatVector i = broadcast(F, 1f).div(e.add(1f));
    FloatVector residual = i.neg().fma(e, broadcast(F, 1f).sub(i));
    VectorMask<Float> right = x.compare(GE, 0f);
    FloatVector u = slope.mul(r).blend(0f, right);
    FloatVector y = i.fma(u.fma(residual, residual).add(u), i);
    return y.mul(first).mul(second).blend(y, right);
  }
}
