package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.math.Erf.P1;
import static dev.vitrine.tensor.kernel.math.Erf.P11;
import static dev.vitrine.tensor.kernel.math.Erf.P13;
import static dev.vitrine.tensor.kernel.math.Erf.P3;
import static dev.vitrine.tensor.kernel.math.Erf.P5;
import static dev.vitrine.tensor.kernel.math.Erf.P7;
import static dev.vitrine.tensor.kernel.math.Erf.P9;
import static dev.vitrine.tensor.kernel.math.Erf.R0;
import static dev.vitrine.tensor.kernel.math.Erf.R1;
import static dev.vitrine.tensor.kernel.math.Erf.R2;
import static dev.vitrine.tensor.kernel.math.Erf.R3;
import static dev.vitrine.tensor.kernel.math.Erf.R4;
import static dev.vitrine.tensor.kernel.math.Erf.R5;
import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.math.Erf;
import jdk.incubator.vector.FloatVector;

/** {@link Erf} on a vector: the same steps, the same bits. */
public final class VectorErf {
  private static final int SIGN = 0x80000000;

  private VectorErf() {}

  /** erf x. */
  public static FloatVector erf(FloatVector x) {
    FloatVector t = x.abs();
    FloatVector small = small(t);
    FloatVector large = broadcast(F, 1f).sub(VectorExp.moderate(exponent(t)));
    large = large.blend(1f, t.compare(GT, Erf.ONE));
    FloatVector y = large.blend(small, t.compare(LT, Erf.JOIN));
    return y.viewAsIntegralLanes().or(x.viewAsIntegralLanes().and(SIGN)).viewAsFloatingLanes();
  }

  /** t + t·P(t²). */
  private static FloatVector small(FloatVector t) {
    FloatVector s = t.mul(t);
    FloatVector p =
        broadcast(F, P13)
            .fma(s, broadcast(F, P11))
            .fma(s, broadcast(F, P9))
            .fma(s, broadcast(F, P7))
            .fma(s, broadcast(F, P5));
    return p.fma(s, broadcast(F, P3)).fma(s, broadcast(F, P1)).fma(t, t);
  }

  /** log(erfc t) = −t + t·R(t). */
  private static FloatVector exponent(FloatVector t) {
    FloatVector r =
        broadcast(F, R5)
            .fma(t, broadcast(F, R4))
            .fma(t, broadcast(F, R3))
            .fma(t, broadcast(F, R2))
            .fma(t, broadcast(F, R1));
    return r.fma(t, broadcast(F, R0)).fma(t, t.neg());
  }
}
