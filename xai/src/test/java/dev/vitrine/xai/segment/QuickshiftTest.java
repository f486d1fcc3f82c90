package dev.vitrine.xai.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class QuickshiftTest {
  private final Tensor image = Images.blocks(17, 21, 3, 6);

  /** Densities and arrows over all pairs of pixels, distances in R⁵ written out. */
  @Test
  void equalsTheDefinition() {
    for (double distance : new double[] {3, 6, 100}) {
      Segments got = new Quickshift(2, distance, 0.5, 0, 9).segment(image);
      assertArrayEquals(naive(2, distance, 0.5, 9).labels(), got.labels());
      assertTrue(got.count() > 1);
    }
  }

  private Segments naive(double kernel, double distance, double ratio, long seed) {
    Pixels p = Lab.of(Pixels.of(image));
    int n = p.count();
    var noise = new RandomStream(seed, 0, 0);
    double[] density = new double[n];
    for (int i = 0; i < n; i++) {
      density[i] = 1e-5 * noise.normal();
      for (int j = 0; j < n; j++) {
        if (inWindow(p, i, j, 3 * kernel)) {
          density[i] += StrictMath.exp(-squared(p, i, j, ratio) / (2 * kernel * kernel));
        }
      }
    }
    int[] root = new int[n];
    for (int i = 0; i < n; i++) {
      int at = i;
      for (int to = parent(p, density, at, kernel, distance, ratio); to >= 0; ) {
        at = to;
        to = parent(p, density, at, kernel, distance, ratio);
      }
      root[i] = at;
    }
    return Segments.of(p.height(), p.width(), root);
  }

  private static int parent(
      Pixels p, double[] density, int i, double kernel, double distance, double ratio) {
    int best = -1;
    for (int j = 0; j < density.length; j++) {
      double d = squared(p, i, j, ratio);
      if (density[j] > density[i]
          && inWindow(p, i, j, 3 * kernel)
          && Math.sqrt(d) <= distance
          && (best < 0 || d < squared(p, i, best, ratio))) {
        best = j;
      }
    }
    return best;
  }

  private static boolean inWindow(Pixels p, int i, int j, double reach) {
    return Math.abs(i / p.width() - j / p.width()) <= reach
        && Math.abs(i % p.width() - j % p.width()) <= reach;
  }

  private static double squared(Pixels p, int i, int j, double ratio) {
    double sum = StrictMath.pow(i / p.width() - j / p.width(), 2);
    sum += StrictMath.pow(i % p.width() - j % p.width(), 2);
    for (int c = 0; c < 3; c++) {
      sum += StrictMath.pow(ratio * (p.values()[3 * i + c] - p.values()[3 * j + c]), 2);
    }
    return sum;
  }

  @Test
  void longerArrowsMeanFewerSegments() {
    int few = new Quickshift(2, 50, 0.5).segment(image).count();
    int many = new Quickshift(2, 2, 0.5).segment(image).count();
    assertTrue(few < many, few + " and " + many);
  }
}
