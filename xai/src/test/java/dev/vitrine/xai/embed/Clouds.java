package dev.vitrine.xai.embed;

import dev.vitrine.tensor.RandomStream;
import java.util.Arrays;

/** Points to embed. */
final class Clouds {
  private Clouds() {}

  /** Standard normal, coordinate k scaled by 1/(k + 1). */
  static Points normal(int n, int dimension, int seed) {
    var random = new RandomStream(seed, 0, 0);
    double[] x = new double[n * dimension];
    Arrays.setAll(x, i -> random.normal() / (i % dimension + 1));
    return new Points(n, dimension, x);
  }

  /**
   * {@code groups} clouds of deviation 1 around places 10 and more apart; point i is in i mod
   * groups.
   */
  static Points groups(int n, int groups, int dimension, int seed) {
    var random = new RandomStream(seed, 1, 0);
    double[] x = new double[n * dimension];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < dimension; k++) {
        x[i * dimension + k] = random.normal() + (k == i % groups ? 10 : 0);
      }
    }
    return new Points(n, dimension, x);
  }
}
