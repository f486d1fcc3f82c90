package dev.vitrine.xai.global;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Grows a tree from the root down: each node takes the split that leaves the smallest Σ|t − mean of
 * its side|² (Breiman, Friedman, Olshen and Stone 1984). For numbers that is variance, for targets
 * with a one at their class it is Gini impurity. Of equally good splits the first feature with the
 * lowest threshold wins.
 */
final class Cart {
  /** A split that gains less, as a share of the root's impurity, only tells rounding apart. */
  private static final double NOISE = 1e-12;

  private final Rows rows;
  private final double[][] targets;
  private final int depth;
  private final int leastRows;
  private double noise;

  private Cart(Rows rows, double[][] targets, int depth, int leastRows) {
    this.rows = rows;
    this.targets = targets;
    this.depth = depth;
    this.leastRows = leastRows;
  }

  /**
   * A tree for targets [rows][k].
   *
   * @param depth splits on the longest way at most
   * @param leastRows each leaf has at least so many
   */
  static Tree grow(Rows rows, double[][] targets, int depth, int leastRows) {
    if (depth < 0 || leastRows < 1) {
      throw new IllegalArgumentException(
          "a tree of depth %d with at least %d rows per leaf: 0 or more, and 1 or more, are needed"
              .formatted(depth, leastRows));
    }
    var cart = new Cart(rows, targets, depth, leastRows);
    int[] all = new int[rows.count()];
    Arrays.setAll(all, r -> r);
    cart.noise = NOISE * all.length * cart.impurity(all, cart.mean(all));
    return cart.grow(all, 0);
  }

  private record Cut(int feature, double threshold, double gain) {}

  private Tree grow(int[] own, int level) {
    double[] mean = mean(own);
    double impurity = impurity(own, mean);
    Cut cut = level == depth ? null : best(own, mean);
    if (cut == null) {
      return new Tree.Leaf(own.length, mean, impurity);
    }
    int[] below = Arrays.stream(own).filter(r -> isBelow(r, cut)).toArray();
    int[] above = Arrays.stream(own).filter(r -> !isBelow(r, cut)).toArray();
    return new Tree.Split(
        cut.feature,
        cut.threshold,
        grow(below, level + 1),
        grow(above, level + 1),
        own.length,
        mean,
        impurity);
  }

  private boolean isBelow(int row, Cut cut) {
    return rows.values()[row * rows.width() + cut.feature] <= cut.threshold;
  }

  private @Nullable Cut best(int[] own, double[] mean) {
    Cut best = null;
    for (int f = 0; f < rows.width(); f++) {
      int[] sorted = sorted(own, f);
      double[] left = new double[mean.length];
      for (int i = 1; i < own.length; i++) {
        for (int c = 0; c < left.length; c++) {
          left[c] += targets[sorted[i - 1]][c] - mean[c];
        }
        double before = rows.values()[sorted[i - 1] * rows.width() + f];
        double next = rows.values()[sorted[i] * rows.width() + f];
        if (before < next && i >= leastRows && own.length - i >= leastRows) {
          double gain = gain(left, i, own.length);
          if (gain > (best == null ? noise : best.gain)) {
            best = new Cut(f, (before + next) / 2, gain);
          }
        }
      }
    }
    return best;
  }

  /** By how much Σ|t − mean|² falls if i of n rows leave whose Σ(t − mean) is {@code left}. */
  private static double gain(double[] left, int i, int n) {
    double squares = 0;
    for (double v : left) {
      squares += v * v;
    }
    return squares * n / ((double) i * (n - i));
  }

  /** Rows in ascending order of a feature, equal ones in their own order. */
  private int[] sorted(int[] own, int feature) {
    long[] keys = new long[own.length];
    for (int i = 0; i < own.length; i++) {
      int bits = Float.floatToIntBits(rows.values()[own[i] * rows.width() + feature]);
      int ordered = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = ((long) ordered << 32) | own[i];
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(k -> (int) k).toArray();
  }

  private double[] mean(int[] own) {
    double[] mean = new double[targets[0].length];
    for (int r : own) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += targets[r][c];
      }
    }
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= own.length;
    }
    return mean;
  }

  private double impurity(int[] own, double[] mean) {
    double squares = 0;
    for (int r : own) {
      for (int c = 0; c < mean.length; c++) {
        squares += (targets[r][c] - mean[c]) * (targets[r][c] - mean[c]);
      }
    }
    return squares / own.length;
  }
}
