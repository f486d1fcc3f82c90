package dev.vitrine.tensor.kernel.math;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function keeps the error that its documentation states.
 *
 * <p>The truth is StrictMath in binary64, whose own error is 2⁻²⁸ of a float's spacing. The bounds
 * are the measured figures, rounded up: bits do not depend on the machine, so a change here is a
 * change of the contract.
 */
class AccuracyTest {
  /** A prime: over the strides all low bits of the mantissa occur. */
  private static final int STRIDE = 251;

  private record Case(
      String name, Ulps.Function f, DoubleUnaryOperator truth, double bound, Ulps.Domain domain) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case everywhere(
      String name, Ulps.Function f, DoubleUnaryOperator truth, double bound) {
    return new Case(name, f, truth, bound, x -> true);
  }

  static Stream<Case> all() {
    return Stream.of(
        everywhere("exp", Exp::exp, StrictMath::exp, 0.9),
        everywhere("expm1", Exp::expm1, StrictMath::expm1, 1.5),
        everywhere("log", Log::log, StrictMath::log, 0.94),
        everywhere("log1p", Log::log1p, StrictMath::log1p, 1.6),
        everywhere("tanh", Tanh::tanh, StrictMath::tanh, 1.6),
        everywhere("sigmoid", Sigmoid::sigmoid, AccuracyTest::sigmoid, 1.4),
        everywhere("erf", Erf::erf, ErrorFunction::erf, 1.0),
        everywhere("sin", Trig::sin, StrictMath::sin, 1.5),
        everywhere("cos", Trig::cos, StrictMath::cos, 1.5),
        everywhere("softplus", Softplus::softplus, AccuracyTest::softplus, 2.0),
        new Case("silu", Silu::silu, AccuracyTest::silu, 2.0, x -> !(x < -87)),
        new Case("gelu", Gelu::gelu, AccuracyTest::gelu, 2.6, x -> !(x < -1)),
        new Case("geluTanh", Gelu::geluTanh, AccuracyTest::geluTanh, 3.8, x -> !(x < -1)),
        everywhere("x^2.4", x -> Pow.pow(x, 2.4f), x -> StrictMath.pow(x, 2.4f), 0.51),
        everywhere("x^-7", x -> Pow.pow(x, -7f), x -> StrictMath.pow(x, -7f), 0.51),
        everywhere("1.3^x", x -> Pow.pow(1.3f, x), x -> StrictMath.pow(1.3f, x), 0.51),
        everywhere("1.0001^x", x -> Pow.pow(1.0001f, x), x -> StrictMath.pow(1.0001f, x), 0.51));
  }

  @ParameterizedTest
  @MethodSource("all")
  void every251stFloatIsWithinItsBound(Case c) {
    check(c, STRIDE);
  }

  static Stream<Case> pillars() {
    return all().filter(c -> List.of("exp", "log", "tanh").contains(c.name));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("pillars")
  void everyFloatIsWithinItsBound(Case c) {
    check(c, 1);
  }

  /** 1 + erf and 1 + tanh cancel below −1: the error is bounded absolutely there. */
  @Test
  void geluTailsAreWithinTheirAbsoluteError() {
    for (float x = -1f; x > -14f; x -= 0x1p-14f) {
      assertTrue(Math.abs(Gelu.gelu(x) - gelu(x)) <= 2.5e-7, "gelu " + x);
      assertTrue(Math.abs(Gelu.geluTanh(x) - geluTanh(x)) <= 3.5e-7, "geluTanh " + x);
    }
  }

  /** Below −87 σ(x) is denormal: 2⁻¹⁴⁹ at most off, then multiplied by |x| < 104. */
  @Test
  void siluTailIsWithinItsAbsoluteError() {
    for (float x = -87f; x > -120f; x -= 0x1p-12f) {
      assertTrue(Math.abs(Silu.silu(x) - silu(x)) <= 104 * 0x1p-149, "silu " + x);
    }
  }

  private static void check(Case c, int stride) {
    Ulps worst = Ulps.of(c.f, c.truth, stride, c.domain);
    assertTrue(worst.worst() <= c.bound, c.name + ": " + worst + ", promised " + c.bound);
  }

  private static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x >= 0 ? 1 : e) / (1 + e);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  private static double silu(double x) {
    return x * sigmoid(x);
  }

  private static double gelu(double x) {
    return 0.5 * x * ErrorFunction.erfc(-x * Math.sqrt(0.5));
  }

  private static double geluTanh(double x) {
    return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
  }
}
