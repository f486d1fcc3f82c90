package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.math.Exp.C2;
import static dev.vitrine.tensor.kernel.math.Exp.C3;
import static dev.vitrine.tensor.kernel.math.Exp.C4;
import static dev.vitrine.tensor.kernel.math.Exp.C5;
import static dev.vitrine.tensor.kernel.math.Exp.C6;
import static dev.vitrine.tensor.kernel.math.Exp.D3;
import static dev.vitrine.tensor.kernel.math.Exp.D4;
import static dev.vitrine.tensor.kernel.math.Exp.D5;
import static dev.vitrine.tensor.kernel.math.Exp.D6;
import static dev.vitrine.tensor.kernel.math.Exp.D7;
import static dev.vitrine.tensor.kernel.math.Exp.LN2_HIGH;
import static dev.vitrine.tensor.kernel.math.Exp.LN2_LOW;
import static dev.vitrine.tensor.kernel.math.Exp.LOG2_E;
import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Shifter;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** {@link Exp} on a vector: the same steps, the same bits. */
public final class VectorExp {
  private VectorExp() {}

  /** eˣ. */
  public static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(F, LOG2_E), broadcast(F, Shifter.VALUE));
    FloatVector r = rest(x, shifted.sub(Shifter.VALUE));
    FloatVector p = slope(r).fma(r, broadcast(F, 1f));
    IntVector n = shifted.viewAsIntegralLanes().sub(Shifter.BITS);
    IntVector half = n.lanewise(ASHR, 1);
    FloatVector y = p.mul(power(half)).mul(power(n.sub(half)));
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, 89f));
    return y.blend(0f, x.compare(LT, -104f));
  }

  /** eˣ for |x| ≤ 87. */
  static FloatVector moderate(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(F, LOG2_E), broadcast(F, Shifter.VALUE));
    FloatVector r = rest(x, shifted.sub(Shifter.VALUE));
    IntVector n = shifted.viewAsIntegralLanes().sub(Shifter.BITS);
    return slope(r).fma(r, broadcast(F, 1f)).mul(power(n));
  }

  /** eˣ − 1. */
  public static FloatVector expm1(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(F, LOG2_E), broadcast(F, Shifter.VALUE));
    FloatVector n = shifted.sub(Shifter.VALUE);
    FloatVector r = rest(x, n);
    FloatVector q = broadcast(F, D7).fma(r, broadcast(F, D6));
    q =
        q.fma(r, broadcast(F, D5))
            .fma(r, broadcast(F, D4))
            .fma(r, broadcast(F, D3))
            .fma(r, broadcast(F, 0.5f));
    FloatVector p = r.mul(r).fma(q, r);
    FloatVector s = power(shifted.viewAsIntegralLanes().sub(Shifter.BITS + 1));
    FloatVector y = s.fma(p, s.sub(0.5f)).mul(2f);
    y = y.blend(p, n.compare(EQ, 0f));
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(GT, 89f));
    y = y.blend(-1f, x.compare(LT, -18f));
    return y.blend(x, x.compare(EQ, 0f));
  }

  /** r = x − n·ln 2. */
  static FloatVector rest(FloatVector x, FloatVector n) {
    return n.fma(broadcast(F, -LN2_LOW), n.fma(broadcast(F, -LN2_HIGH), x));
  }

  /** (eʳ − 1) ⁄ r for |r| ≤ ½ ln 2. */
  static FloatVector slope(FloatVector r) {
    FloatVector p = broadcast(F, C6).fma(r, broadcast(F, C5));
    return p.fma(r, broadcast(F, C4))
        .fma(r, broadcast(F, C3))
        .fma(r, broadcast(F, C2))
        .fma(r, broadcast(F, 1f));
  }

  /** 2ⁿ for −126 ≤ n ≤ 127. */
  static FloatVector power(IntVector n) {
    return n.add(127).lanewise(LSHL, 23).viewAsFloatingLanes();
  }
}
