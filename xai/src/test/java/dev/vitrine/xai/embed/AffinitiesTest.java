package dev.vitrine.xai.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AffinitiesTest {
  private static double perplexity(double[] p) {
    double entropy = 0;
    for (double v : p) {
      entropy -= v > 0 ? v * StrictMath.log(v) : 0;
    }
    return StrictMath.exp(entropy);
  }

  @Test
  void perplexityIsWhatWasAskedFor() {
    var random = new RandomStream(1, 0, 0);
    for (double scale : new double[] {1e-8, 1, 1e8}) {
      for (double offset : new double[] {0, 1, 1000}) {
        double[] d = new double[80];
        Arrays.setAll(d, k -> scale * (offset + random.normal() * random.normal() + 5));
        for (double asked : new double[] {1.1, 5, 30, 79}) {
          double[] p = Bandwidth.probabilities(d, asked);
          // the entropy is met to 1e-12, far from the offset it has fewer digits to be met with
          assertEquals(asked, perplexity(p), 1e-9 * asked);
          assertEquals(1, Arrays.stream(p).sum(), 1e-14);
        }
      }
    }
  }

  @Test
  void pFallsWithDistanceAsAGaussian() {
    double[] p = Bandwidth.probabilities(new double[] {1, 2, 4, 9}, 2.5);
    double beta = StrictMath.log(p[0] / p[1]);
    assertEquals(2 * beta, StrictMath.log(p[1] / p[2]), 1e-13);
    assertEquals(5 * beta, StrictMath.log(p[2] / p[3]), 1e-13);
  }

  @Test
  void whereNoBandwidthFitsPIsStillADistribution() {
    assertArrayEquals(
        new double[] {0.25, 0.25, 0.25, 0.25},
        Bandwidth.probabilities(new double[] {7, 7, 7, 7}, 2));
    double[] twins = Bandwidth.probabilities(new double[] {0, 0, 0, 5}, 2);
    assertArrayEquals(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0, 0}, twins, 1e-12);
  }

  @Test
  void threeEquidistantPointsAffectEachOtherAlike() {
    Points triangle = new Points(3, 3, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    double sixth = 1 / 6.0;
    assertArrayEquals(
        new double[] {0, sixth, sixth, sixth, 0, sixth, sixth, sixth, 0},
        Affinities.exact(triangle, 2).dense().values(),
        1e-16);
  }

  @Test
  void pIsSymmetricAndAddsUpToOne() {
    Points x = Clouds.normal(90, 4, 2);
    for (Affinities a : new Affinities[] {Affinities.exact(x, 8), Affinities.ofNeighbours(x, 8)}) {
      Points p = a.dense();
      for (int i = 0; i < 90; i++) {
        assertEquals(0, p.at(i, i));
        for (int j = 0; j < i; j++) {
          assertEquals(p.at(i, j), p.at(j, i));
        }
      }
      assertEquals(1, Arrays.stream(p.values()).sum(), 1e-13); // 8100 terms
    }
  }

  @Test
  void beyondTheNeighboursThereIsNextToNothing() {
    Points x = Clouds.normal(300, 4, 3);
    double[] all = Affinities.exact(x, 8).dense().values();
    double[] near = Affinities.ofNeighbours(x, 8).dense().values();
    double lost = 0;
    for (int k = 0; k < all.length; k++) {
      lost += Math.abs(all[k] - near[k]);
    }
    assertTrue(lost > 0 && lost < 0.05, "differences " + lost); // of sums of 1
    // a perplexity of a third of the points makes all of them neighbours: the same bits
    assertArrayEquals(
        Affinities.exact(x, 100).dense().values(),
        Affinities.ofNeighbours(x, 100).dense().values());
  }

  @Test
  void neighboursAreTheNearestByDistanceAndNumber() {
    double[] lattice = new double[2 * 12 * 12]; // many equal distances, and every place twice
    Arrays.setAll(lattice, k -> k % 2 == 0 ? k / 4 % 9 : k / 4 / 9);
    for (Points x : new Points[] {Clouds.normal(200, 3, 4), new Points(144, 2, lattice)}) {
      var tree = new VantageTree(x);
      for (int i = 0; i < x.count(); i += 7) {
        int query = i;
        int[] expected =
            IntStream.range(0, x.count())
                .filter(j -> j != query)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> x.squaredDistance(j, query)))
                .limit(10)
                .mapToInt(j -> j)
                .sorted()
                .toArray();
        assertArrayEquals(expected, tree.nearest(i, 10));
      }
    }
  }

  @Test
  void impossiblePerplexitiesAreRefused() {
    Points x = Clouds.normal(10, 2, 5);
    assertEquals(
        "perplexity 9.5 for 10 points: 1 to 9 (points − 1) is possible",
        assertThrows(IllegalArgumentException.class, () -> Affinities.exact(x, 9.5)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Affinities.ofNeighbours(x, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Affinities.exact(x, Double.NaN));
  }
}
