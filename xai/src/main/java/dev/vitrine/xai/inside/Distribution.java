package dev.vitrine.xai.inside;

/**
 * What many numbers are like.
 *
 * @param count how many there are
 * @param mean NaN if there are none
 * @param deviation √(Σ(v − mean)²/count)
 * @param min the smallest
 * @param max the largest
 * @param zeros the share of numbers that are 0
 */
public record Distribution(
    long count, double mean, double deviation, double min, double max, double zeros) {

  /** Of numbers that come one after the other (Welford 1962). */
  static final class Tally {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long zeros;

    void add(double v) {
      count++;
      double off = v - mean;
      mean += off / count;
      squares += off * (v - mean);
      min = Math.min(min, v);
      max = Math.max(max, v);
      zeros += v == 0 ? 1 : 0;
    }

    Distribution distribution() {
      return new Distribution(
          count,
          count == 0 ? Double.NaN : mean,
          Math.sqrt(squares / count),
          min,
          max,
          (double) zeros / count);
    }
  }
}
