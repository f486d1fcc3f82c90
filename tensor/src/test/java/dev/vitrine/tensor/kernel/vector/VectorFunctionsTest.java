package dev.vitrine.tensor.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.math.Erf;
import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Gelu;
import dev.vitrine.tensor.kernel.math.Log;
import dev.vitrine.tensor.kernel.math.Relu;
import dev.vitrine.tensor.kernel.math.Sigmoid;
import dev.vitrine.tensor.kernel.math.Silu;
import dev.vitrine.tensor.kernel.math.Softplus;
import dev.vitrine.tensor.kernel.math.Tanh;
import dev.vitrine.tensor.kernel.math.Trig;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scalar and vector form give the same bits at the width of this JVM; all NaNs are one value. */
class VectorFunctionsTest {
  /**
   * A prime, so that neighbouring lanes hold unlike numbers and every exponent occurs in every
   * lane.
   */
  private static final int STRIDE = 1009;

  private static final float[] SPECIAL = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    1f,
    -1f,
    0.55f,
    -0.55f,
    9.1f,
    4f,
    -4f,
    18f,
    -18f,
    89f,
    -89f,
    88.72284f,
    -87.33655f,
    -103.97208f,
    -104f,
    8192f,
    -8192f,
    8192.001f,
    1e10f,
    -1e30f,
    0.6666667f,
    1.3333334f,
    -0.9999999f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  @FunctionalInterface
  private interface Scalar {
    float of(float x);
  }

  private record Pair(String name, Scalar scalar, UnaryOperator<FloatVector> vector) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair("exp", Exp::exp, VectorExp::exp),
        new Pair("expm1", Exp::expm1, VectorExp::expm1),
        new Pair("log", Log::log, VectorLog::log),
        new Pair("log1p", Log::log1p, VectorLog::log1p),
        new Pair("tanh", Tanh::tanh, VectorTanh::tanh),
        new Pair("sigmoid", Sigmoid::sigmoid, VectorSigmoid::sigmoid),
        new Pair("erf", Erf::erf, VectorErf::erf),
        new Pair("sin", Trig::sin, looped(Unary.SIN)),
        new Pair("cos", Trig::cos, looped(Unary.COS)),
        new Pair("softplus", Softplus::softplus, VectorSoftplus::softplus),
        new Pair("silu", Silu::silu, VectorSilu::silu),
        new Pair("gelu", Gelu::gelu, VectorGelu::gelu),
        new Pair("geluTanh", Gelu::geluTanh, VectorGelu::geluTanh),
        new Pair("relu", Relu::relu, VectorRelu::relu));
  }

  /** The loop decides what happens to large angles, so it is the loop that is tested. */
  private static UnaryOperator<FloatVector> looped(Unary f) {
    Tensor t = Tensor.of(Shape.of(Lanes.WIDTH), new float[Lanes.WIDTH]);
    return v -> {
      t.set(v.toArray());
      UnaryLoops.run(f, 0, 0, t.address(), t.address(), Lanes.WIDTH);
      return FloatVector.fromArray(Lanes.F, t.toFloats(), 0);
    };
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void sameBitsOnSpecialValuesInAnyLane(Pair pair) {
    float[] x = new float[Lanes.WIDTH];
    for (int shift = 0; shift < SPECIAL.length; shift++) {
      for (int i = 0; i < x.length; i++) {
        x[i] = SPECIAL[(shift + i) % SPECIAL.length];
      }
      compare(pair, x);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void sameBitsOnEvery1009thFloat(Pair pair) {
    sweep(pair, STRIDE);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("pairs")
  void sameBitsOnEvery13thFloat(Pair pair) {
    sweep(pair, 13);
  }

  private static void sweep(Pair pair, int stride) {
    float[] x = new float[Lanes.WIDTH];
    for (long i = 0; i < 1L << 32; ) {
      for (int lane = 0; lane < x.length; lane++, i += stride) {
        x[lane] = Float.intBitsToFloat((int) i);
      }
      compare(pair, x);
    }
  }

  private static void compare(Pair pair, float[] x) {
    float[] y = new float[x.length];
    pair.vector.apply(FloatVector.fromArray(Lanes.F, x, 0)).intoArray(y, 0);
    for (int i = 0; i < x.length; i++) {
      float expected = pair.scalar.of(x[i]);
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(y[i])) {
        assertEquals(expected, y[i], pair.name + " at " + x[i] + " in lane " + i);
      }
    }
  }
}
