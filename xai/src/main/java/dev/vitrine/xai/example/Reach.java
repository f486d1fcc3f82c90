package dev.vitrine.xai.example;

import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Σ_j |Δ_j|/s_j: where a row may go, and how far that is. Changes are kept in units of s_j.
 *
 * @param scales s_j: the median absolute deviation of a column; where that is 0 its standard
 *     deviation; 1 of a constant column
 * @param low smallest value of each column
 * @param high largest value of each column
 * @param fixed columns that may not change
 */
record Reach(double[] scales, float[] low, float[] high, boolean[] fixed) {
  /** Without limits, on the scale of rows [m, …]. */
  static Reach of(Tensor rows) {
    int m = rows.shape().rank() == 0 ? 0 : rows.shape().dim(0);
    if (m == 0) {
      throw new IllegalArgumentException(
          "rows of shape %s to take scales from: at least one row is needed"
              .formatted(rows.shape()));
    }
    float[] all = rows.toFloats();
    int width = all.length / m;
    double[] scales = new double[width];
    Arrays.setAll(
        scales, j -> scale(IntStream.range(0, m).mapToDouble(r -> all[r * width + j]).toArray()));
    float[] low = new float[width];
    float[] high = new float[width];
    Arrays.fill(low, Float.NEGATIVE_INFINITY);
    Arrays.fill(high, Float.POSITIVE_INFINITY);
    return new Reach(scales, low, high, new boolean[width]);
  }

  private static double scale(double[] column) {
    double median = median(column);
    double mad = median(Arrays.stream(column).map(v -> Math.abs(v - median)).toArray());
    if (mad > 0) {
      return mad;
    }
    double mean = Arrays.stream(column).sum() / column.length;
    double squares = Arrays.stream(column).map(v -> (v - mean) * (v - mean)).sum();
    return squares > 0 ? Math.sqrt(squares / column.length) : 1;
  }

  private static double median(double[] values) {
    double[] v = values.clone();
    Arrays.sort(v);
    return (v[(v.length - 1) / 2] + v[v.length / 2]) / 2;
  }

  /** With limits for a column. */
  Reach between(int j, float from, float to) {
    if (!(from <= to)) {
      throw new IllegalArgumentException(
          "column %d from %s to %s: the first may not be larger".formatted(j, from, to));
    }
    float[] lows = low.clone();
    float[] highs = high.clone();
    lows[column(j)] = from;
    highs[j] = to;
    return new Reach(scales, lows, highs, fixed);
  }

  /** With a column that may not change. */
  Reach fix(int j) {
    boolean[] all = fixed.clone();
    all[column(j)] = true;
    return new Reach(scales, low, high, all);
  }

  private int column(int j) {
    if (j < 0 || j >= scales.length) {
      throw new IllegalArgumentException(
          "column %d: there are 0 to %d".formatted(j, scales.length - 1));
    }
    return j;
  }

  /** Refuses rows of another size, and rows that are outside already. */
  void check(Tensor x) {
    int n = x.shape().dim(0);
    if (x.size() != (long) n * scales.length) {
      throw new IllegalArgumentException(
          "rows %s, but scales of %d elements: they need as many"
              .formatted(x.shape(), scales.length));
    }
    for (long i = 0; i < x.size(); i++) {
      int j = (int) (i % scales.length);
      if (!fixed[j] && !(x.at(i) >= low[j] && x.at(i) <= high[j])) {
        throw new IllegalArgumentException(
            "row %d holds %s in column %d, which is limited to %s to %s: fix it, or widen the limits"
                .formatted(i / scales.length, x.at(i), j, low[j], high[j]));
      }
    }
  }

  /** The change u_j of a column of x that doesn't leave the limits. */
  double inside(float x, int j, double u) {
    return fixed[j] ? 0 : Math.clamp(u, (low[j] - x) / scales[j], (high[j] - x) / scales[j]);
  }

  /** What a column of x becomes. */
  float moved(float x, int j, double u) {
    return fixed[j] || u == 0 ? x : Math.clamp((float) (x + u * scales[j]), low[j], high[j]);
  }

  double distance(float[] x, float[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += Math.abs((double) y[j] - x[j]) / scales[j];
    }
    return sum;
  }
}
