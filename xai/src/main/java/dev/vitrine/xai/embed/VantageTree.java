package dev.vitrine.xai.embed;

import java.util.Arrays;
import java.util.PriorityQueue;

/**
 * The exact k nearest neighbours of a point without looking at all: a ball around a vantage point
 * splits the others in two halves, and a half that lies farther away than the k-th neighbour so far
 * is left out. Yianilos 1993.
 *
 * <p>Equally near points count in the order of their numbers, so the result does not depend on the
 * tree. Where distances say little (many dimensions) most points are looked at after all.
 */
final class VantageTree {
  /** Rounding errors of a distance are smaller. */
  private static final double SLACK = 1e-9;

  private final Points points;

  /**
   * A permutation; the vantage point of a range is its first one, then come inner and outer half.
   */
  private final int[] order;

  /** Of the range that starts at a place, the radius of its ball. */
  private final double[] radius;

  VantageTree(Points points) {
    this.points = points;
    this.order = new int[points.count()];
    this.radius = new double[points.count()];
    Arrays.setAll(order, i -> i);
    build(0, order.length);
  }

  /** A point and its distance to the one that is asked about; nearer first, then by number. */
  record Neighbour(int point, double distance) implements Comparable<Neighbour> {
    @Override
    public int compareTo(Neighbour o) {
      int byDistance = Double.compare(distance, o.distance);
      return byDistance != 0 ? byDistance : Integer.compare(point, o.point);
    }
  }

  private void build(int from, int to) {
    if (to - from < 2) {
      return;
    }
    int vantage = order[from];
    var others = new Neighbour[to - from - 1];
    Arrays.setAll(others, k -> neighbour(order[from + 1 + k], vantage));
    Arrays.sort(others);
    for (int k = 0; k < others.length; k++) {
      order[from + 1 + k] = others[k].point;
    }
    int middle = middle(from, to);
    radius[from] = others[middle - from - 1].distance;
    build(from + 1, middle);
    build(middle, to);
  }

  /** Where the outer half of a range begins. */
  private static int middle(int from, int to) {
    return from + 1 + (to - from - 1) / 2;
  }

  private Neighbour neighbour(int point, int of) {
    return new Neighbour(point, Math.sqrt(points.squaredDistance(point, of)));
  }

  /** The numbers, ascending, of the k points nearest to point i, which is not one of them. */
  int[] nearest(int i, int k) {
    var best = new PriorityQueue<Neighbour>(k, (a, b) -> b.compareTo(a));
    search(i, k, 0, order.length, best);
    return best.stream().mapToInt(Neighbour::point).sorted().toArray();
  }

  private void search(int i, int k, int from, int to, PriorityQueue<Neighbour> best) {
    if (from == to) {
      return;
    }
    Neighbour vantage = neighbour(order[from], i);
    if (vantage.point != i) {
      best.add(vantage);
      if (best.size() > k) {
        best.remove();
      }
    }
    if (to - from == 1) {
      return;
    }
    int middle = middle(from, to);
    double slack = SLACK * Math.max(vantage.distance, radius[from]);
    // the half that i is in first: it brings near neighbours
    if (vantage.distance < radius[from]) {
      search(i, k, from + 1, middle, best);
      searchIf(radius[from] - vantage.distance - slack, i, k, middle, to, best);
    } else {
      search(i, k, middle, to, best);
      searchIf(vantage.distance - radius[from] - slack, i, k, from + 1, middle, best);
    }
  }

  /** Points of this half are at least {@code away} far, by the triangle inequality. */
  private void searchIf(
      double away, int i, int k, int from, int to, PriorityQueue<Neighbour> best) {
    Neighbour worst = best.peek();
    if (best.size() < k || worst == null || away <= worst.distance) {
      search(i, k, from, to, best);
    }
  }
}
