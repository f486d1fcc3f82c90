package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.Arrays;

/** Features that are removed together, a set of them for each sample. */
@FunctionalInterface
public interface Subsets {
  /** {@code size} of {@code features} features, for sample {@code k} of the row of this number. */
  int[] of(int number, int k, int features, int size);

  /** Uniform ones. */
  static Subsets drawn(long seed) {
    return new Drawn(seed);
  }

  /** Given ones, int32 [samples, size], the same for all rows. */
  static Subsets of(Tensor subsets) {
    return new Given(subsets);
  }

  /** See {@link #drawn}. */
  record Drawn(long seed) implements Subsets {
    @Override
    public int[] of(int number, int k, int features, int size) {
      int[] order = Philox.permutation(Draws.key(seed, number), 0, k, features);
      return Arrays.copyOf(order, size);
    }

    @Override
    public String toString() {
      return "seed " + seed;
    }
  }

  /** See {@link #of(Tensor)}. */
  record Given(Tensor subsets) implements Subsets {
    @Override
    public int[] of(int number, int k, int features, int size) {
      return Arrays.copyOf(subsets.rows(k, k + 1).toInts(), size);
    }

    @Override
    public String toString() {
      return "given " + TensorHash.of(subsets).substring(0, 16);
    }
  }
}
