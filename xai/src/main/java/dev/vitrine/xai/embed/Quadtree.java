package dev.vitrine.xai.embed;

import java.util.Arrays;

/**
 * Far points act together, from their centre: a cell whose diagonal is less than θ times its
 * distance counts as one point with the weight of all in it. Barnes and Hut 1986; for t-SNE van der
 * Maaten 2014, section 4.2.
 *
 * <p>A cell is the smallest rectangle around its points; it is halved along both axes until a cell
 * holds one place. Each cell with several places has at least two children, so n points make fewer
 * than 2n cells. Cells stand depth first: the children of a cell follow it, and {@code next} leads
 * past them.
 */
final class Quadtree {
  private final double[] y;
  private final int[] order;
  private final int[] leaf;
  private final double[] centre;
  private final double[] squaredDiagonal;
  private final int[] weight;
  private final int[] next;
  private int cells;

  /** Over points (y[2i], y[2i + 1]). */
  Quadtree(double[] y) {
    int n = y.length / 2;
    this.y = y;
    this.order = new int[n];
    this.leaf = new int[n];
    this.centre = new double[4 * n];
    this.squaredDiagonal = new double[2 * n];
    this.weight = new int[2 * n];
    this.next = new int[2 * n];
    Arrays.setAll(order, i -> i);
    build(0, n);
  }

  private void build(int from, int to) {
    int cell = cells++;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.POSITIVE_INFINITY;
    double top = Double.NEGATIVE_INFINITY;
    double sum0 = 0;
    double sum1 = 0;
    for (int k = from; k < to; k++) {
      double y0 = y[2 * order[k]];
      double y1 = y[2 * order[k] + 1];
      left = Math.min(left, y0);
      right = Math.max(right, y0);
      bottom = Math.min(bottom, y1);
      top = Math.max(top, y1);
      sum0 += y0;
      sum1 += y1;
    }
    double width = right - left;
    double height = top - bottom;
    squaredDiagonal[cell] = width * width + height * height;
    weight[cell] = to - from;
    if (width == 0 && height == 0) {
      centre[2 * cell] = left;
      centre[2 * cell + 1] = bottom;
      for (int k = from; k < to; k++) {
        leaf[order[k]] = cell;
      }
    } else {
      centre[2 * cell] = sum0 / (to - from);
      centre[2 * cell + 1] = sum1 / (to - from);
      int middle = split(from, to, 0, between(left, right));
      double level = between(bottom, top);
      halves(from, middle, level);
      halves(middle, to, level);
    }
    next[cell] = cells;
  }

  private void halves(int from, int to, double level) {
    int middle = split(from, to, 1, level);
    if (from < middle) {
      build(from, middle);
    }
    if (middle < to) {
      build(middle, to);
    }
  }

  /** A number above {@code low} if there is one up to {@code high}: what is below it is not all. */
  private static double between(double low, double high) {
    double middle = low + (high - low) / 2;
    return middle > low ? middle : high;
  }

  /** Moves points whose coordinate is below {@code at} to the front; where the others begin. */
  private int split(int from, int to, int coordinate, double at) {
    int middle = from;
    for (int k = from; k < to; k++) {
      int point = order[k];
      if (y[2 * point + coordinate] < at) {
        order[k] = order[middle];
        order[middle++] = point;
      }
    }
    return middle;
  }

  int cells() {
    return cells;
  }

  /** The sums of {@link Repulsion} for point i; returns the number of cells that were looked at. */
  int sum(int i, double theta, double[] sums) {
    double x0 = y[2 * i];
    double x1 = y[2 * i + 1];
    double s0 = 0;
    double s1 = 0;
    double z = 0;
    int visited = 0;
    for (int cell = 0; cell < cells; visited++) {
      double d0 = x0 - centre[2 * cell];
      double d1 = x1 - centre[2 * cell + 1];
      double squared = d0 * d0 + d1 * d1;
      boolean isLeaf = next[cell] == cell + 1;
      if (isLeaf || squaredDiagonal[cell] < theta * theta * squared) {
        int others = cell == leaf[i] ? weight[cell] - 1 : weight[cell];
        double w = 1 / (1 + squared);
        z += others * w;
        s0 += others * w * w * d0;
        s1 += others * w * w * d1;
        cell = next[cell];
      } else {
        cell++;
      }
    }
    sums[0] = s0;
    sums[1] = s1;
    sums[2] = z;
    return visited;
  }
}
