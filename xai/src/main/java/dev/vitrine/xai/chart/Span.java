package dev.vitrine.xai.chart;

import org.jfree.data.Range;

/**
 * From the smallest to the largest finite number seen, with room at both ends: what an axis shows.
 * NaN and infinities have no say.
 */
final class Span {
  /** Beyond it differences of floats to be drawn overflow. */
  private static final double MOST = 1e300;

  private double low = Double.POSITIVE_INFINITY;
  private double high = Double.NEGATIVE_INFINITY;

  Span with(double... values) {
    for (double v : values) {
      if (Math.abs(v) <= MOST) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    return this;
  }

  Span with(double[][] rows) {
    for (double[] row : rows) {
      with(row);
    }
    return this;
  }

  /** The ends themselves; equal ones are moved apart, and without any number it is 0 to 1. */
  Range exact() {
    if (low > high) {
      return new Range(0, 1);
    }
    // Equal values need an axis too; so do some that differ by less than an axis can show.
    double least = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
    if (high - low > least) {
      return new Range(low, high);
    }
    double half = Math.max(0.5 * Math.abs(low), 1e-12);
    return low == 0 ? new Range(-0.5, 0.5) : new Range(low - half, high + half);
  }

  /** With a share of the length added on each side. */
  Range padded(double below, double above) {
    Range r = exact();
    return new Range(
        r.getLowerBound() - below * r.getLength(), r.getUpperBound() + above * r.getLength());
  }

  Range padded(double share) {
    return padded(share, share);
  }
}
