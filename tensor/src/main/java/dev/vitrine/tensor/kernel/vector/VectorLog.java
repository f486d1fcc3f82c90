package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.math.Log.C10;
import static dev.vitrine.tensor.kernel.math.Log.C3;
import static dev.vitrine.tensor.kernel.math.Log.C4;
import static dev.vitrine.tensor.kernel.math.Log.C5;
import static dev.vitrine.tensor.kernel.math.Log.C6;
import static dev.vitrine.tensor.kernel.math.Log.C7;
import static dev.vitrine.tensor.kernel.math.Log.C8;
import static dev.vitrine.tensor.kernel.math.Log.C9;
import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Log;
import dev.vitrine.tensor.kernel.math.Shifter;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link Log} on a vector: the same steps, the same bits.
 *
 * <p>The polynomial stands in both functions: C2 inlines no ordinary method any more once a loop
 * has 18 000 nodes (about 60 vector operations), softplus reaches that inside log1p, and the
 * vectors would be boxed.
 */
public final class VectorLog {
  private VectorLog() {}

  /** log x. */
  public static FloatVector log(FloatVector x) {
    VectorMask<Float> denormal = x.compare(LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(0x1p23f), denormal).viewAsIntegralLanes();
    IntVector e = bits.sub(Log.TWO_THIRDS).lanewise(ASHR, 23);
    FloatVector f = bits.sub(e.lanewise(LSHL, 23)).viewAsFloatingLanes().sub(1f);
    FloatVector y = e.add(Shifter.BITS).viewAsFloatingLanes().sub(Shifter.VALUE);
    y = y.sub(broadcast(F, 0f).blend(23f, denormal));
    FloatVector q = broadcast(F, C10).fma(f, broadcast(F, C9)).fma(f, broadcast(F, C8));
    q = q.fma(f, broadcast(F, C7)).fma(f, broadcast(F, C6)).fma(f, broadcast(F, C5));
    q = q.fma(f, broadcast(F, C4)).fma(f, broadcast(F, C3)).fma(f, broadcast(F, -0.5f));
    y = y.fma(broadcast(F, Exp.LN2_HIGH), f.mul(f).fma(q, f));
    y = broadcast(F, Float.NaN).blend(y, x.compare(GT, 0f));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
    return y.blend(x, x.compare(EQ, Float.POSITIVE_INFINITY));
  }

  /** log(1 + x). */
  public static FloatVector log1p(FloatVector x) {
    IntVector e = x.add(1f).viewAsIntegralLanes().sub(Log.TWO_THIRDS).lanewise(ASHR, 23);
    FloatVector f = fraction(x, e.lanewise(LSHL, 23));
    FloatVector y = e.add(Shifter.BITS).viewAsFloatingLanes().sub(Shifter.VALUE);
    FloatVector q = broadcast(F, C10).fma(f, broadcast(F, C9)).fma(f, broadcast(F, C8));
    q = q.fma(f, broadcast(F, C7)).fma(f, broadcast(F, C6)).fma(f, broadcast(F, C5));
    q = q.fma(f, broadcast(F, C4)).fma(f, broadcast(F, C3)).fma(f, broadcast(F, -0.5f));
    y = y.fma(broadcast(F, Exp.LN2_HIGH), f.mul(f).fma(q, f));
    y = broadcast(F, Float.NaN).blend(y, x.compare(GT, -1f));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f));
    y = y.blend(x, x.compare(EQ, Float.POSITIVE_INFINITY));
    return y.blend(x, x.compare(EQ, 0f));
  }

  /** f = x·2⁻ᵉ + (2⁻ᵉ − 1), e given as it stands in the bits of a float. */
  private static FloatVector fraction(FloatVector x, IntVector e) {
    FloatVector scaled = x.viewAsIntegralLanes().sub(e).viewAsFloatingLanes();
    FloatVector four = e.neg().add(0x40800000).viewAsFloatingLanes();
    return scaled.add(four.fma(broadcast(F, 0.25f), broadcast(F, -1f)));
  }
}
