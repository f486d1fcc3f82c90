package dev.vitrine.xai.inside;

import java.util.Arrays;

/**
 * counts[k] = how many numbers lie in [low + k·width, low + (k + 1)·width), the last bin with its
 * upper end.
 *
 * @param low the lower end of the first bin
 * @param high the upper end of the last one
 */
public record Histogram(double low, double high, long[] counts) {
  /** Empty bins of equal width; refuses a range that is none. */
  static Histogram empty(double low, double high, int bins) {
    if (bins < 1 || !(low <= high)) {
      throw new IllegalArgumentException(
          "%d bins from %s to %s: at least 1 bin and low <= high are needed"
              .formatted(bins, low, high));
    }
    return new Histogram(low, high, new long[bins]);
  }

  /** The bins' edges, one more than bins. */
  public double[] edges() {
    double[] edges = new double[counts.length + 1];
    Arrays.setAll(edges, k -> low + k * ((high - low) / counts.length));
    edges[counts.length] = high;
    return edges;
  }

  /** Counts a number; what lies outside is in the nearest bin, NaN in none. */
  void add(double v) {
    if (!Double.isNaN(v)) {
      double at = high == low ? 0 : Math.floor((v - low) / (high - low) * counts.length);
      counts[(int) Math.clamp(at, 0.0, counts.length - 1.0)]++;
    }
  }
}
