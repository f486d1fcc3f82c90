package dev.vitrine.xai.global;

/**
 * P(|T| ≥ t) = I(ν/(ν + t²); ν/2, 1/2) of Student's distribution with ν degrees of freedom, by the
 * continued fraction of the incomplete beta function (Numerical Recipes, 3rd edition, section 6.4).
 */
final class StudentT {
  private static final double ENOUGH = 1e-15;
  private static final double TINY = 1e-300;
  private static final int MOST = 10_000;

  private StudentT() {}

  /**
   * The two-sided probability that two samples of equal means differ as much as these (Welch 1947);
   * where neither varies, 1 if they are equal and else 0.
   */
  static double welch(double[] a, double[] b) {
    Moments ma = Moments.of(a);
    Moments mb = Moments.of(b);
    double va = ma.sampleVariance() / a.length;
    double vb = mb.sampleVariance() / b.length;
    double difference = ma.mean() - mb.mean();
    if (va + vb == 0) {
      return difference == 0 ? 1 : 0;
    }
    double freedom = (va + vb) * (va + vb) / (va * va / (a.length - 1) + vb * vb / (b.length - 1));
    return twoSided(difference * difference / (va + vb), freedom);
  }

  /** From t². */
  static double twoSided(double square, double freedom) {
    return beta(freedom / (freedom + square), freedom / 2, 0.5);
  }

  /** I(x; a, b). */
  private static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        StrictMath.exp(
            logGamma(a + b)
                - logGamma(a)
                - logGamma(b)
                + a * StrictMath.log(x)
                + b * StrictMath.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  /** Lentz's way from the front. */
  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / apart(1 - (a + b) * x / (a + 1));
    double h = d;
    for (int m = 1; m < MOST; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / apart(1 + even * d);
      c = apart(1 + even / c);
      h *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / apart(1 + odd * d);
      c = apart(1 + odd / c);
      h *= d * c;
      if (Math.abs(d * c - 1) < ENOUGH) {
        break;
      }
    }
    return h;
  }

  private static double apart(double v) {
    return Math.abs(v) < TINY ? TINY : v;
  }

  /** Stirling's series, from 10 on; below by Γ(v + 1) = v·Γ(v). */
  private static double logGamma(double v) {
    double product = 1;
    while (v < 10) {
      product *= v++;
    }
    double r = 1 / (v * v);
    double series =
        (1 / 12.0 - r * (1 / 360.0 - r * (1 / 1260.0 - r * (1 / 1680.0 - r / 1188)))) / v;
    return (v - 0.5) * StrictMath.log(v)
        - v
        + 0.5 * StrictMath.log(2 * Math.PI)
        + series
        - StrictMath.log(product);
  }
}
