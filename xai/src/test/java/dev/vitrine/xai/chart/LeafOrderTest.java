package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeafOrderTest {
  private static double[][] random(int n, int seed) {
    var random = new SplittableRandom(seed);
    double[][] rows = new double[n][3];
    for (double[] row : rows) {
      Arrays.setAll(row, k -> random.nextDouble());
    }
    return rows;
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  /** Complete linkage as its definition says: join the two nearest of all clusters, again. */
  private static List<Set<Integer>> clusters(double[][] rows) {
    var now = new ArrayList<Set<Integer>>();
    IntStream.range(0, rows.length).forEach(i -> now.add(Set.of(i)));
    var all = new ArrayList<Set<Integer>>();
    while (now.size() > 1) {
      Set<Integer> a = Set.of();
      Set<Integer> b = Set.of();
      double nearest = Double.POSITIVE_INFINITY;
      for (Set<Integer> p : now) {
        for (Set<Integer> q : now) {
          double far = 0;
          for (int i : p) {
            for (int j : q) {
              far = Math.max(far, distance(rows[i], rows[j]));
            }
          }
          if (!p.equals(q) && far < nearest) {
            nearest = far;
            a = p;
            b = q;
          }
        }
      }
      var joined = new HashSet<>(a);
      joined.addAll(b);
      now.remove(a);
      now.remove(b);
      now.add(joined);
      all.add(joined);
    }
    return all;
  }

  @Test
  void everyClusterOfCompleteLinkageLiesTogether() {
    for (int seed = 0; seed < 20; seed++) {
      double[][] rows = random(17, seed);
      int[] order = LeafOrder.of(rows);
      assertArrayEquals(IntStream.range(0, 17).toArray(), Arrays.stream(order).sorted().toArray());
      for (Set<Integer> cluster : clusters(rows)) {
        int[] at = IntStream.range(0, 17).filter(k -> cluster.contains(order[k])).toArray();
        assertEquals(cluster.size() - 1, at[at.length - 1] - at[0], "seed " + seed + cluster);
      }
    }
  }

  @Test
  void pointsOnALineComeInTheirOrder() {
    double[][] rows = {{5}, {1}, {4.1}, {0}, {9}, {8.2}};
    int[] order = LeafOrder.of(rows);
    double[] sorted = Arrays.stream(order).mapToDouble(i -> rows[i][0]).toArray();
    if (sorted[0] > sorted[5]) {
      assertArrayEquals(new double[] {9, 8.2, 5, 4.1, 1, 0}, sorted);
    } else {
      assertArrayEquals(new double[] {0, 1, 4.1, 5, 8.2, 9}, sorted);
    }
  }

  @Test
  void oneRowEqualRowsAndNumbersThatAreNoneHaveAnOrderToo() {
    assertArrayEquals(new int[] {0}, LeafOrder.of(new double[][] {{3}}));
    double[][] odd = new double[6][2];
    odd[2][0] = Double.NaN;
    odd[4][1] = Double.POSITIVE_INFINITY;
    assertEquals(6, Arrays.stream(LeafOrder.of(odd)).distinct().count());
  }

  @Test
  void tooManyRowsAreRefused() {
    var why =
        assertThrows(
            IllegalArgumentException.class, () -> LeafOrder.of(new double[LeafOrder.MOST + 1][1]));
    assertTrue(why.getMessage().contains("order them by output"), why.getMessage());
  }
}
