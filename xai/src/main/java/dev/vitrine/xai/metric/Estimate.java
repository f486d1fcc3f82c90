package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Locale;

/**
 * The mean of what a metric says of rows, and where the mean of all rows there could be lies with a
 * confidence of 95 %.
 *
 * @param mean over the rows that have a number; NaN if none has
 * @param interval around it; NaN for fewer than two rows
 * @param rows how many have a number
 * @param undefined how many have none: their number was NaN
 */
public record Estimate(double mean, Interval interval, int rows, int undefined) {
  /** mean ± 1.96·s/√n, s² the unbiased variance. */
  public static Estimate normal(double... values) {
    double[] v = defined(values);
    double mean = mean(v);
    double squares = 0;
    for (double e : v) {
      squares += (e - mean) * (e - mean);
    }
    double half = Interval.Z * Math.sqrt(squares / (v.length - 1) / v.length);
    return of(mean, new Interval(mean - half, mean + half), v, values);
  }

  /** With the bootstrap's interval from so many draws. */
  public static Estimate bootstrap(int draws, long seed, double... values) {
    double[] v = defined(values);
    Interval i =
        v.length < 2
            ? Interval.UNKNOWN
            : Interval.bootstrap(
                v.length,
                draws,
                seed,
                rows -> mean(Arrays.stream(rows).mapToDouble(r -> v[r]).toArray()));
    return of(mean(v), i, v, values);
  }

  private static Estimate of(double mean, Interval i, double[] defined, double[] all) {
    return new Estimate(mean, i, defined.length, all.length - defined.length);
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
    String text = String.format(Locale.ROOT, "%.4g %s", mean, interval);
    return undefined == 0 ? text : text + ", " + undefined + " rows without a number";
  }
}
