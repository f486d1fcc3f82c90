package dev.vitrine.nn;

import dev.vitrine.tensor.Tensor;

/**
 * How a parameter's first values are drawn; the same (seed, stream) gives the same values
 * everywhere.
 */
@FunctionalInterface
public interface Init {
  Init ZEROS = (t, seed, stream) -> fill(t, 0);
  Init ONES = (t, seed, stream) -> fill(t, 1);

  void fill(Tensor t, long seed, int stream);

  private static void fill(Tensor t, float v) {
    for (long i = 0; i < t.size(); i++) {
      t.put(i, v);
    }
  }
}
