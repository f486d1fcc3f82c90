package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import java.util.Arrays;
import java.util.Locale;

/**
 * The mean of what a metric says of rows, and where the mean of all rows there could be lies with a
 * confidence of 95 %.
 *
 * @param mean over the rows that have a number; NaN if none has
 * @param low the lower end; NaN for fewer than two rows
 * @param high the upper end; likewise
 * @param rows how many have a number
 * @param undefined how many have none: their number was NaN
 */
public record Interval(double mean, double low, double high, int rows, int undefined) {
  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.959963984540054;

  /** mean ± 1.96·s/√n, s² the unbiased variance. */
  public static Interval normal(double... values) {
    double[] v = defined(values);
    double mean = mean(v);
    double squares = 0;
    for (double e : v) {
      squares += (e - mean) * (e - mean);
    }
    double half = Z * Math.sqrt(squares / (v.length - 1) / v.length);
    return new Interval(mean, mean - half, mean + half, v.length, values.length - v.length);
  }

  /**
   * The 2.5 % and 97.5 % percentiles of the means of so many samples of n rows, drawn with
   * replacement (Efron and Tibshirani 1993, section 13.3): no normal distribution is assumed.
   */
  public static Interval bootstrap(int samples, long seed, double... values) {
    if (samples < 40) {
      throw new IllegalArgumentException(
          "samples: " + samples + " given, the outer 2.5 % need 40 or more");
    }
    double[] v = defined(values);
    int undefined = values.length - v.length;
    if (v.length < 2) {
      return new Interval(mean(v), Double.NaN, Double.NaN, v.length, undefined);
    }
    double[] means = new double[samples];
    for (int s = 0; s < samples; s++) {
      double sum = 0;
      for (int i = 0; i < v.length; i++) {
        sum += v[Philox.below(v.length, seed, 0, s, i)];
      }
      means[s] = sum / v.length;
    }
    Arrays.sort(means);
    int outside = (int) (0.025 * samples);
    double low = means[outside];
    double high = means[samples - 1 - outside];
    return new Interval(mean(v), low, high, v.length, undefined);
  }

  private static double[] defined(double[] values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).toArray();
  }

  private static double mean(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += e;
    }
    return sum / v.length;
  }

  @Override
  public String toString() {
    String text = String.format(Locale.ROOT, "%.4g [%.4g, %.4g]", mean, low, high);
    return undefined == 0 ? text : text + ", " + undefined + " rows without a number";
  }
}
