package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;

/**
 * What LIME knows of a table that a model was trained on: of each column its mean and deviation,
 * its quartile bins, or its values if it holds categories.
 */
public final class TrainingTable {
  private final Column[] columns;

  /** One column. */
  sealed interface Column {
    /** Numbers. */
    record Numeric(double mean, double deviation, Bin[] bins) implements Column {
      /** The bin that a value falls into. */
      int bin(double v) {
        int b = 0;
        while (b < bins.length - 1 && v > bins[b].high()) {
          b++;
        }
        return b;
      }
    }

    /** Categories: their values, and the share of each among all rows. */
    record Categories(float[] values, double[] shares) implements Column {}
  }

  /** Values from one quartile to the next. */
  record Bin(double low, double high, double mean, double deviation, double share) {}

  private TrainingTable(Column[] columns) {
    this.columns = columns;
  }

  /**
   * Looks at rows [m, columns].
   *
   * @param categorical the columns that hold categories
   */
  public static TrainingTable of(Tensor rows, Set<Integer> categorical) {
    if (rows.shape().rank() != 2 || rows.shape().dim(0) == 0) {
      throw new IllegalArgumentException(
          "a table of shape %s: rows [m, columns] are needed, at least one"
              .formatted(rows.shape()));
    }
    float[] all = rows.toFloats();
    int width = rows.shape().dim(1);
    var columns = new Column[width];
    for (int j = 0; j < width; j++) {
      double[] v = new double[rows.shape().dim(0)];
      for (int r = 0; r < v.length; r++) {
        v[r] = all[r * width + j];
      }
      Arrays.sort(v);
      columns[j] = categorical.contains(j) ? categories(v) : numeric(v);
    }
    return new TrainingTable(columns);
  }

  private static Column categories(double[] sorted) {
    var counts = new TreeMap<Float, Integer>();
    for (double v : sorted) {
      counts.merge((float) v, 1, Integer::sum);
    }
    float[] values = new float[counts.size()];
    double[] shares = new double[values.length];
    int i = 0;
    for (var e : counts.entrySet()) {
      values[i] = e.getKey();
      shares[i++] = (double) e.getValue() / sorted.length;
    }
    return new Column.Categories(values, shares);
  }

  private static Column numeric(double[] sorted) {
    double[] edges =
        Arrays.stream(new double[] {0.25, 0.5, 0.75})
            .map(q -> quantile(sorted, q))
            .distinct()
            .toArray();
    var bins = new Bin[edges.length + 1];
    int from = 0;
    for (int b = 0; b < bins.length; b++) {
      int to = from;
      while (to < sorted.length && (b == edges.length || sorted[to] <= edges[b])) {
        to++;
      }
      // an edge may be the largest value: its upper bin is empty and is never drawn
      double low = b == 0 ? sorted[0] : edges[b - 1];
      double high = b == edges.length ? sorted[sorted.length - 1] : edges[b];
      double mean = mean(sorted, from, to);
      double share = (double) (to - from) / sorted.length;
      bins[b] = new Bin(low, high, mean, deviation(sorted, from, to, mean), share);
      from = to;
    }
    double mean = mean(sorted, 0, sorted.length);
    double deviation = deviation(sorted, 0, sorted.length, mean);
    return new Column.Numeric(mean, deviation, bins);
  }

  /** Linear between the sorted values, as NumPy's percentile. */
  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double mean(double[] v, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += v[i];
    }
    return from == to ? 0 : sum / (to - from);
  }

  private static double deviation(double[] v, int from, int to, double mean) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (v[i] - mean) * (v[i] - mean);
    }
    return from == to ? 0 : Math.sqrt(sum / (to - from));
  }

  /** The number of columns. */
  public int width() {
    return columns.length;
  }

  /** How many bins or categories a column has. */
  public int bins(int j) {
    return switch (columns[j]) {
      case Column.Numeric n -> n.bins().length;
      case Column.Categories c -> c.values().length;
    };
  }

  /** The bin or category that a value falls into; −1 for a category that the table hasn't seen. */
  public int bin(int j, float v) {
    return switch (columns[j]) {
      case Column.Numeric n -> n.bin(v);
      case Column.Categories c -> Math.max(-1, Arrays.binarySearch(c.values(), v));
    };
  }

  /** What is true of the values of a bin or category, such as "2 {@literal <} age ≤ 5". */
  public String condition(int j, float v, String name) {
    if (!(columns[j] instanceof Column.Numeric n)) {
      return name + " = " + digits(v);
    }
    int b = n.bin(v);
    Bin bin = n.bins()[b];
    return b == n.bins().length - 1
        ? name + " > " + digits(bin.low())
        : (b == 0 ? "" : digits(bin.low()) + " < ") + name + " ≤ " + digits(bin.high());
  }

  private static String digits(double v) {
    return new BigDecimal(v).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }

  Column column(int j) {
    return columns[j];
  }

  /** What one unit of a column is: its deviation; 1 for constant columns and categories. */
  double scale(int j) {
    return columns[j] instanceof Column.Numeric n && n.deviation() > 0 ? n.deviation() : 1;
  }
}
