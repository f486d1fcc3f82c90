package dev.vitrine.xai.gradient;

import java.util.Arrays;

/**
 * The way of one row from its baseline: each step moves the features whose gradients are small, as
 * far as they may be from the straight path, until the L1 distance that is left has shrunk to its
 * part (Kapishnikov et al. 2021, algorithm 1).
 */
final class GuidedWalk {
  /** L1 distances that differ by less than this part are the same. */
  private static final double CLOSE = 1e-9;

  private final float[] from;
  private final float[] to;
  private final double[] x;
  private final double[] attribution;
  private final double length;
  private final double fraction;
  private final double away;

  GuidedWalk(float[] from, float[] to, double fraction, double away) {
    this.from = from;
    this.to = to;
    this.fraction = fraction;
    this.away = away;
    this.x = new double[from.length];
    this.attribution = new double[from.length];
    Arrays.setAll(x, i -> from[i]);
    this.length = left();
  }

  /** Goes on until the L1 distance that is left has shrunk to its part of the whole. */
  void step(double alpha, float[] gradient) {
    double low = Math.max(alpha - away, 0);
    double high = Math.min(alpha + away, 1);
    double wanted = length * (1 - alpha);
    double slack = CLOSE * Math.max(length, 1);
    boolean[] arrived = new boolean[x.length];
    while (true) {
      for (int i = 0; i < x.length; i++) {
        if (part(i) < low) {
          move(i, point(i, low), gradient);
        }
        arrived[i] = from[i] == to[i] || part(i) >= high;
      }
      double left = left();
      if (!(left - wanted > slack)) { // or NaN: a way without end has no part to go
        return;
      }
      double threshold = threshold(gradient, arrived);
      double reach = 0;
      for (int i = 0; i < x.length; i++) {
        if (!arrived[i] && Math.abs(gradient[i]) <= threshold) {
          reach += Math.abs(point(i, high) - x[i]);
        }
      }
      if (reach == 0) {
        return;
      }
      double share = Math.min((left - wanted) / reach, 1);
      for (int i = 0; i < x.length; i++) {
        if (!arrived[i] && Math.abs(gradient[i]) <= threshold) {
          double end = point(i, high);
          move(i, share == 1 ? end : x[i] + share * (end - x[i]), gradient);
        }
      }
      if (share < 1) {
        return;
      }
    }
  }

  /** The lower quantile of |gradient| where there is still way to go, counted over all. */
  private double threshold(float[] gradient, boolean[] arrived) {
    float[] sizes = new float[gradient.length];
    float largest = 0;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = arrived[i] ? Float.POSITIVE_INFINITY : Math.abs(gradient[i]);
      largest = arrived[i] ? largest : Math.max(largest, sizes[i]);
    }
    return Math.min(Selection.smallest(sizes, (int) (fraction * (sizes.length - 1))), largest);
  }

  private void move(int i, double there, float[] gradient) {
    attribution[i] += (there - x[i]) * gradient[i];
    x[i] = there;
  }

  private double point(int i, double alpha) {
    return from[i] + alpha * ((double) to[i] - from[i]);
  }

  private double part(int i) {
    return from[i] == to[i] ? 1 : (x[i] - from[i]) / ((double) to[i] - from[i]);
  }

  private double left() {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs(to[i] - x[i]);
    }
    return sum;
  }

  float[] position() {
    return floats(x);
  }

  float[] attribution() {
    float[] all = floats(attribution);
    if (!Double.isFinite(length)) {
      Arrays.fill(all, Float.NaN);
    }
    return all;
  }

  private static float[] floats(double[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }
}
