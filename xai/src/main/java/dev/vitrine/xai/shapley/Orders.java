package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;

/** Orders in which the features of a row become known, one for each sample. */
@FunctionalInterface
public interface Orders {
  /** A permutation of 0 to players − 1 for sample {@code k} of the row of this number. */
  int[] of(int number, int k, int players);

  /** Uniform permutations. */
  static Orders drawn(long seed) {
    return new Drawn(seed);
  }

  /** Given ones, [samples, players], the same for all rows. */
  static Orders of(Tensor permutations) {
    return new Given(permutations);
  }

  /** See {@link #drawn}. */
  record Drawn(long seed) implements Orders {
    @Override
    public int[] of(int number, int k, int players) {
      // a row has a key of its own, so that its samples can be counted by the step
      return Philox.permutation(Philox.pair(seed, 0, number, 0, 0, 0), 0, k, players);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  /** See {@link #of(Tensor)}. */
  record Given(Tensor permutations) implements Orders {
    @Override
    public int[] of(int number, int k, int players) {
      return permutations.rows(k, k + 1).toInts();
    }

    @Override
    public String toString() {
      return "given " + TensorHash.of(permutations).substring(0, 16);
    }
  }
}
