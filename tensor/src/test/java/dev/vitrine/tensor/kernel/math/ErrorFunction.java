package dev.vitrine.tensor.kernel.math;

/**
 * erf and erfc in binary64, good to 10⁻¹⁴ relative: a series below 2, a continued fraction above.
 */
final class ErrorFunction {
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

  private ErrorFunction() {}

  static double erf(double x) {
    double t = Math.abs(x);
    double y = t < 2 ? series(t) : t < 6 ? 1 - fraction(t) : 1; // erfc 6 < 2⁻⁵³
    return Double.isNaN(x) ? x : Math.copySign(y, x);
  }

  /** 1 − erf x without cancellation for x ≥ 2. */
  static double erfc(double x) {
    return x < 2 ? 1 - erf(x) : fraction(x);
  }

  /** 2 ⁄ √π · e^(−x²) · Σ 2ⁿ·x²ⁿ⁺¹ ⁄ (2n+1)‼ : all terms positive (Abramowitz and Stegun 7.1.6). */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 0x1p-56; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return TWO_OVER_SQRT_PI * StrictMath.exp(-x * x) * sum;
  }

  /** e^(−x²) ⁄ √π · 1 ⁄ (x + ½ ⁄ (x + 1 ⁄ (x + 3⁄2 ⁄ (x + …)))) (7.1.14). */
  private static double fraction(double x) {
    double tail = x;
    for (int n = 120; n >= 1; n--) {
      tail = x + n / 2.0 / tail;
    }
    return StrictMath.exp(-x * x) * (TWO_OVER_SQRT_PI / 2) / tail;
  }
}
