package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/**
 * Values of a feature, in ascending order.
 *
 * @param feature what they are values of
 * @param values at least one, each larger than the one before
 */
public record Axis(Feature feature, double[] values) {
  /** A bin of accumulated effects holds about so many rows or more. */
  private static final int SMALLEST_BIN = 4;

  public Axis {
    boolean ascends = values.length > 0;
    for (int i = 1; ascends && i < values.length; i++) {
      ascends = values[i] > values[i - 1];
    }
    if (!ascends) {
      throw new IllegalArgumentException(
          "values %s of \"%s\": at least one is needed, each larger than the one before"
              .formatted(Arrays.toString(values), feature));
    }
  }

  /** Six digits of a value, without zeros that say nothing. */
  static String text(double v) {
    return new BigDecimal(v)
        .round(new MathContext(6, RoundingMode.HALF_EVEN))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** How many values there are. */
  public int size() {
    return values.length;
  }

  /**
   * {@code resolution} values at equal distances between two quantiles of the data; all its values
   * if there are fewer (as scikit-learn does it, quantiles with α = β = 0.4).
   *
   * @param x rows [n, …]
   * @param low the lower quantile, 0 to 1
   * @param high the upper one, above it
   */
  public static Axis between(Tensor x, Feature feature, int resolution, double low, double high) {
    if (resolution < 2 || !(low >= 0) || !(low < high) || !(high <= 1)) {
      throw new IllegalArgumentException(
          "%d values from quantile %s to %s: at least 2 and 0 <= low < high <= 1 are needed"
              .formatted(resolution, low, high));
    }
    double[] sorted = sorted(x, feature);
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    if (distinct.length < resolution) {
      return new Axis(feature, distinct);
    }
    double from = quantile(sorted, low);
    double to = quantile(sorted, high);
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "feature \"%s\" is %s at both quantiles %s and %s: choose them further apart"
              .formatted(feature, from, low, high));
    }
    double[] values = new double[resolution];
    Arrays.setAll(values, i -> from + i * ((to - from) / (resolution - 1)));
    values[resolution - 1] = to;
    return new Axis(feature, values);
  }

  /**
   * Values of the data that cut it into bins of about the same number of rows: at most {@code
   * bins}, and so few that about 4 rows fall into each; all its values if there are at most 10
   * (Apley and Zhu 2020, section 5.1; these limits as in alibi).
   *
   * @param x rows [n, …]
   */
  public static Axis quantiles(Tensor x, Feature feature, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins: " + bins + " given, at least 1 is needed");
    }
    double[] sorted = sorted(x, feature);
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    if (distinct.length <= Math.min(10, bins + 1)) {
      return new Axis(feature, distinct);
    }
    int cuts = Math.clamp(sorted.length / SMALLEST_BIN, 1, bins);
    double[] values = new double[cuts + 1];
    for (int i = 0; i <= cuts; i++) {
      values[i] = sorted[(int) ((long) i * (sorted.length - 1) / cuts)];
    }
    return new Axis(feature, Arrays.stream(values).distinct().toArray());
  }

  /** The bin of a value: (v[k], v[k + 1]] is bin k; what lies outside is in the nearest. */
  int bin(double v) {
    int at = Arrays.binarySearch(values, v);
    int k = at >= 0 ? at - 1 : -at - 2;
    return Math.clamp(k, 0, Math.max(values.length - 2, 0));
  }

  private static double[] sorted(Tensor x, Feature feature) {
    double[] column = Rows.of(x).column(feature);
    Arrays.sort(column);
    return column;
  }

  /** (1 − g)·s[k − 1] + g·s[k] with h = n·q + 0.4 + 0.2·q, k = ⌊h⌋, g = h − k. */
  private static double quantile(double[] sorted, double q) {
    int n = sorted.length;
    double h = n * q + 0.4 + 0.2 * q;
    int k = (int) Math.floor(Math.clamp(h, 1.0, Math.max(n - 1.0, 1.0)));
    double g = Math.clamp(h - k, 0.0, 1.0);
    return (1 - g) * sorted[k - 1] + g * sorted[Math.min(k, n - 1)];
  }
}
