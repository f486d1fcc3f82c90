package dev.vitrine.xai.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final int N = 60;
  private final Affinities p = Affinities.exact(Clouds.normal(N, 5, 1), 7);
  private final Points y = layout(N, 2);

  private static Points layout(int n, int seed) {
    var random = new RandomStream(seed, 2, 0);
    double[] y = new double[2 * n];
    Arrays.setAll(y, i -> 3 * random.normal());
    return new Points(n, 2, y);
  }

  @Test
  void valueIsTheDefinition() {
    double z = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        z += i == j ? 0 : 1 / (1 + y.squaredDistance(i, j));
      }
    }
    double sum = 0;
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        double pij = p.dense().at(i, j);
        double qij = 1 / (1 + y.squaredDistance(i, j)) / z;
        sum += pij > 0 ? pij * StrictMath.log(pij / qij) : 0;
      }
    }
    assertEquals(sum, Divergence.of(p, y, 0).value(), 1e-13); // 3600 terms below 0.01
  }

  @Test
  void gradientIsTheSlope() {
    double[] g = Divergence.of(p, y, 0).gradient().values();
    double h = 1e-5;
    for (int i = 0; i < g.length; i++) {
      double slope = (moved(i, h) - moved(i, -h)) / (2 * h);
      // truncation h² and rounding 1e-15/h are both about 1e-10
      assertEquals(slope, g[i], 1e-9);
    }
  }

  private double moved(int i, double by) {
    double[] there = y.values().clone();
    there[i] += by;
    return Divergence.of(p, new Points(N, 2, there), 0).value();
  }

  @Test
  void exaggerationPullsMore() {
    Divergence d = Divergence.of(p, y, 0);
    double[] g1 = d.gradient(1);
    double[] g2 = d.gradient(2);
    double[] g3 = d.gradient(3);
    for (int i = 0; i < g1.length; i++) {
      assertEquals(g2[i] - g1[i], g3[i] - g2[i], 1e-15);
    }
  }

  /** Three equidistant points: any equilateral triangle is perfect. */
  @Test
  void anEquilateralTriangleIsAtRest() {
    Affinities three =
        Affinities.exact(new Points(3, 3, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}), 2);
    for (double side : new double[] {0.1, 1, 20}) {
      double[] corners = {0, 0, side, 0, side / 2, side * Math.sqrt(0.75)};
      for (double theta : new double[] {0, 0.5}) {
        Divergence d = Divergence.of(three, new Points(3, 2, corners), theta);
        assertEquals(0, d.value(), 1e-15);
        assertArrayEquals(new double[6], d.gradient().values(), 1e-15);
      }
    }
  }

  @Test
  void theTreeWithoutAnAngleIsExact() {
    for (Points at : new Points[] {y, twins(), line()}) {
      double[] exact = new double[3];
      double[] tree = new double[3];
      Repulsion sums = Repulsion.barnesHut(0).of(at.values());
      for (int i = 0; i < N; i++) {
        Repulsion.exact(at.values()).on(i, exact);
        sums.on(i, tree);
        assertArrayEquals(exact, tree, 1e-13); // 60 terms below 1, in another order
      }
    }
  }

  /** Every place is taken by three points. */
  private Points twins() {
    double[] all = new double[2 * N];
    Arrays.setAll(all, i -> y.values()[i % 40]);
    return new Points(N, 2, all);
  }

  /** Distances from 1e-300 to 1 on one line. */
  private static Points line() {
    double[] all = new double[2 * N];
    for (int i = 1; i < N; i++) {
      all[2 * i] = StrictMath.pow(10, -5 * i);
    }
    return new Points(N, 2, all);
  }

  @Test
  void theTreeIsNear() {
    double[] exact = Divergence.of(p, y, 0).gradient().values();
    double previous = 0;
    for (double theta : new double[] {0.2, 0.5, 0.8}) {
      double[] near = Divergence.of(p, y, theta).gradient().values();
      double error = 0;
      double norm = 0;
      for (int i = 0; i < near.length; i++) {
        error += (near[i] - exact[i]) * (near[i] - exact[i]);
        norm += exact[i] * exact[i];
      }
      double relative = Math.sqrt(error / norm);
      // the leading error of a cell falls with the square of its angle
      assertTrue(relative < 0.2 * theta * theta && relative >= previous, () -> "" + relative);
      previous = relative;
    }
  }

  @Test
  void treesHaveFewerThanTwoCellsForEachPoint() {
    for (Points at : new Points[] {y, twins(), line(), new Points(N, 2, new double[2 * N])}) {
      assertTrue(new Quadtree(at.values()).cells() < 2 * N);
    }
    assertEquals(1, new Quadtree(new double[2 * N]).cells());
  }

  /** n·log n: cells that are looked at for each point grow as log n. */
  @Test
  void theCostGrowsAlmostLinearly() {
    double[] perPoint = new double[3];
    for (int k = 0; k < 3; k++) {
      int n = 2000 << k;
      double[] at = layout(n, 4).values();
      var tree = new Quadtree(at);
      long visited = 0;
      for (int i = 0; i < n; i++) {
        visited += tree.sum(i, 0.5, new double[3]);
      }
      perPoint[k] = (double) visited / n;
    }
    // a + b·log n for each point: every doubling adds as many cells, give or take a tenth
    assertEquals(perPoint[1] - perPoint[0], perPoint[2] - perPoint[1], 0.1 * perPoint[0]);
    assertTrue(perPoint[2] < 1.5 * perPoint[0], () -> perPoint[0] + " to " + perPoint[2]);
  }

  @Test
  void layoutsOfOtherShapesAreRefused() {
    assertEquals(
        "layout [10, 2] for 60 points: each needs a place in the plane, [60, 2]",
        assertThrows(IllegalArgumentException.class, () -> Divergence.of(p, layout(10, 3), 0))
            .getMessage());
  }
}
