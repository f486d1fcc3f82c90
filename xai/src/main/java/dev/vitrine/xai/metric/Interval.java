package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where a figure lies with 95 % confidence.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  /** The 97.5 % quantile of the standard normal distribution. */
  static final double Z = 1.959963984540054;

  /** (p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²))/(1 + z²/n), p̂ = share of n (Wilson 1927). */
  public static Interval wilson(double share, int n) {
    double z2 = Z * Z;
    double middle = share + z2 / (2 * n);
    double half = Z * Math.sqrt(share * (1 - share) / n + z2 / (4.0 * n * n));
    double all = 1 + z2 / n;
    return new Interval(Math.max(0, (middle - half) / all), Math.min(1, (middle + half) / all));
  }

  /** Of a figure that nothing is known of. */
  static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

  /** A figure of some of n rows, which may come more than once. */
  @FunctionalInterface
  public interface Figure {
    double of(int[] rows);
  }

  /**
   * The middle 95 % of what a figure is of n rows that are drawn from n with replacement, so many
   * times (Efron 1979; Efron and Tibshirani 1993, section 13.3): no normal distribution is assumed.
   * Draws for which it is undefined (NaN) don't count.
   */
  public static Interval bootstrap(int n, int draws, long seed, Figure figure) {
    if (draws < 40) {
      throw new IllegalArgumentException(
          "draws: " + draws + " given, the outer 2.5 % need 40 or more");
    }
    double[] values = new double[draws];
    for (int d = 0; d < draws; d++) {
      int draw = d;
      int[] rows = new int[n];
      Arrays.setAll(rows, i -> Philox.below(n, seed, 0, draw, i));
      values[d] = figure.of(rows);
    }
    return middle(values);
  }

  /** The middle 95 % of drawn figures; NaN doesn't count. */
  public static Interval middle(double... values) {
    double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      return UNKNOWN;
    }
    int cut = (int) (0.025 * sorted.length);
    return new Interval(sorted[cut], sorted[sorted.length - 1 - cut]);
  }

  /** Half of its width. */
  public double half() {
    return (high - low) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%.4g, %.4g]", low, high);
  }
}
