package dev.vitrine.tensor.kernel.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Oddness, evenness and monotonicity, as properties of the bits. */
class SymmetryTest {
  private static final int STRIDE = 10_007;

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "erf", "sin"})
  void oddBitForBit(String name) {
    Ulps.Function f = Functions.named(name);
    for (long i = 0; i <= 0x7f800000L; i += STRIDE) {
      float x = Float.intBitsToFloat((int) i);
      assertEquals(-f.of(x), f.of(-x), () -> name + " at " + x);
    }
  }

  @Test
  void cosIsEvenBitForBit() {
    for (long i = 0; i <= 0x7f800000L; i += STRIDE) {
      float x = Float.intBitsToFloat((int) i);
      assertEquals(Trig.cos(x), Trig.cos(-x), () -> "cos at " + x);
    }
  }

  /**
   * Where a formula gives way to another, or a reduction to the next interval, the value must not
   * jump back.
   */
  @ParameterizedTest
  @CsvSource({
    "tanh, 0.55",
    "tanh, -0.55",
    "tanh, 9.1",
    "tanh, 0.17328679",
    "tanh, 1.2130076",
    "erf, 1",
    "erf, -1",
    "erf, 4",
    "erf, 2.2",
    "exp, 0.34657359",
    "exp, -0.34657359",
    "exp, 1.0397208",
    "exp, 88.5",
    "exp, -87.336548",
    "exp, -103.9",
    "expm1, 0.34657359",
    "expm1, -0.34657359",
    "expm1, 1.0397208",
    "expm1, -18",
    "expm1, -17.3",
    "log, 0.6666667",
    "log, 1.3333334",
    "log, 2.6666667",
    "log, 1.1754944E-38",
    "log, 1",
    "log1p, -0.3333333",
    "log1p, 0.33333337",
    "log1p, 1.6666667",
    "log1p, -0.6666667",
    "sigmoid, 0",
    "sigmoid, 0.34657359",
    "sigmoid, -0.34657359",
    "sigmoid, -87.336548",
    "softplus, 0",
    "softplus, 0.34657359",
    "softplus, -87.336548"
  })
  void risesAcrossJoins(String name, float join) {
    Ulps.Function f = Functions.named(name);
    float x = join;
    for (int i = 0; i < 2000; i++) {
      x = Math.nextDown(x);
    }
    float highest = f.of(x);
    for (int i = 0; i < 4000; i++) {
      x = Math.nextUp(x);
      float y = f.of(x);
      // Errors of neighbours differ: one float back is within 2 ulp.
      assertTrue(
          y >= Math.nextDown(highest), name + " falls at " + x + ": " + highest + " to " + y);
      highest = Math.max(highest, y);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "expm1", "log", "log1p", "tanh", "sigmoid", "erf", "softplus"})
  void risesFromOneSampleToTheNext(String name) {
    Ulps.Function f = Functions.named(name);
    float highest = Float.NEGATIVE_INFINITY;
    for (float x = -110f; x < 110f; x += 0x1p-10f) {
      float y = f.of(x);
      if (!Float.isNaN(y)) {
        assertTrue(y >= highest, name + " falls at " + x);
        highest = y;
      }
    }
  }
}
