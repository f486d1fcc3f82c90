package dev.vitrine.tensor.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * NaN, ±∞, ±0, the ends of the range and exact results are as the contract says, sign of zero
 * included.
 */
class SpecialValuesTest {
  private static final float INF = Float.POSITIVE_INFINITY;
  private static final float NAN = Float.NaN;
  private static final float TINY = Float.MIN_VALUE;

  @ParameterizedTest
  @CsvSource({
    "exp, -0, 1",
    "exp, Infinity, Infinity",
    "exp, -Infinity, 0",
    "exp, 88.72284, Infinity",
    "exp, -103.9, 1.4E-45",
    "exp, -103.98, 0",
    "exp, 3E38, Infinity",
    "expm1, 0, 0",
    "expm1, -0, -0",
    "expm1, Infinity, Infinity",
    "expm1, -Infinity, -1",
    "expm1, 1.4E-45, 1.4E-45",
    "expm1, -1.4E-45, -1.4E-45",
    "expm1, -3E38, -1",
    "log, 1, 0",
    "log, 0, -Infinity",
    "log, -0, -Infinity",
    "log, -1, NaN",
    "log, -1.4E-45, NaN",
    "log, Infinity, Infinity",
    "log, -Infinity, NaN",
    "log, 1.4E-45, -103.27893",
    "log1p, 0, 0",
    "log1p, -0, -0",
    "log1p, -1, -Infinity",
    "log1p, -1.1, NaN",
    "log1p, Infinity, Infinity",
    "log1p, -Infinity, NaN",
    "log1p, -1.4E-45, -1.4E-45",
    "tanh, 0, 0",
    "tanh, -0, -0",
    "tanh, Infinity, 1",
    "tanh, -Infinity, -1",
    "tanh, 3E38, 1",
    "tanh, 1.4E-45, 1.4E-45",
    "sigmoid, 0, 0.5",
    "sigmoid, -0, 0.5",
    "sigmoid, Infinity, 1",
    "sigmoid, -Infinity, 0",
    "sigmoid, -103.9, 1.4E-45",
    "sigmoid, 3E38, 1",
    "sigmoid, -3E38, 0",
    "erf, 0, 0",
    "erf, -0, -0",
    "erf, Infinity, 1",
    "erf, -Infinity, -1",
    "erf, -3E38, -1",
    "sin, 0, 0",
    "sin, -0, -0",
    "sin, Infinity, NaN",
    "sin, -Infinity, NaN",
    "sin, 1.4E-45, 1.4E-45",
    "cos, 0, 1",
    "cos, -0, 1",
    "cos, Infinity, NaN",
    "cos, -Infinity, NaN",
    "softplus, -Infinity, 0",
    "softplus, Infinity, Infinity",
    "softplus, 0, 0.6931472",
    "silu, -Infinity, -0",
    "silu, Infinity, Infinity",
    "silu, 0, 0",
    "silu, -0, -0",
    "gelu, -Infinity, -0",
    "gelu, Infinity, Infinity",
    "gelu, 0, 0",
    "gelu, -0, -0",
    "gelu, -3E38, -0",
    "geluTanh, -Infinity, -0",
    "geluTanh, Infinity, Infinity",
    "geluTanh, -0, -0",
    "geluTanh, 3E38, 3E38",
    "geluTanh, -3E38, -0",
    "relu, -0, 0",
    "relu, -1, 0",
    "relu, 2, 2",
    "relu, Infinity, Infinity",
    "relu, -Infinity, 0"
  })
  void oneArgument(String name, float x, float expected) {
    assertEquals(expected, Functions.named(name).of(x), name);
  }

  @Test
  void nanStaysNanWhateverItsPayload() {
    int[] nans = {0x7fc00000, 0x7f800001, 0x7fffffff, 0xffc00001, 0xff812345, 0x7fc00001};
    for (var f : Functions.ALL.entrySet()) {
      for (int bits : nans) {
        assertTrue(Float.isNaN(f.getValue().of(Float.intBitsToFloat(bits))), f.getKey());
      }
    }
  }

  /**
   * The table of C annex F.10.4.4; StrictMath.pow knows it too, but says NaN for pow(±1, ±∞) and
   * pow(1, NaN).
   */
  @Test
  void powFollowsAnnexF() {
    float[] values = {
      0f,
      -0f,
      1f,
      -1f,
      0.5f,
      -0.5f,
      2f,
      -2f,
      3f,
      -3f,
      2.5f,
      -2.5f,
      1e30f,
      -1e30f,
      16777215f,
      -16777215f,
      16777216f,
      -16777216f,
      8388607.5f,
      -8388607.5f,
      TINY,
      -TINY,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      INF,
      -INF,
      NAN
    };
    for (float x : values) {
      for (float y : values) {
        boolean one = x == 1f || (x == -1f && Math.abs(y) == INF);
        double expected = one ? 1 : StrictMath.pow(x, y);
        float z = Pow.pow(x, y);
        String pow = "pow(" + x + ", " + y + ")";
        assertTrue(Ulps.error(z, expected) <= 0.51, pow);
        assertEquals(
            Double.isNaN(expected) ? 0 : Math.copySign(1, expected),
            Float.isNaN(z) ? 0 : Math.copySign(1f, z),
            pow);
      }
    }
  }

  @Test
  void powIsExactWhereTheResultIsAFloat() {
    for (int n = -1000; n <= 1000; n++) {
      assertEquals((float) n * n, Pow.pow(n, 2f));
      assertEquals(n, Pow.pow(n, 1f));
      assertEquals(Math.abs(n), Pow.pow((float) n * n, 0.5f));
    }
    for (int n = -149; n <= 127; n++) {
      assertEquals(Math.scalb(1f, n), Pow.pow(2f, n));
    }
  }

  @Test
  void expIsExactAtZeroAndLogAtOne() {
    assertEquals(1f, Exp.exp(0f));
    assertEquals(1f, Exp.exp(TINY));
    assertEquals(0f, Log.log(1f));
  }
}
