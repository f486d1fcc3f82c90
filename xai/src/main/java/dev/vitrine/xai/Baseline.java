package dev.vitrine.xai;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;

/** What "no information" looks like: the point from which a path to the input starts. */
public interface Baseline {
  /** The baseline of each row of {@code x}, in the shape of {@code x}, made in {@code memory}. */
  Tensor rows(Tensor x, Memory memory);

  /** All zeros. */
  static Baseline zero() {
    return constant(0);
  }

  /** One value everywhere. */
  static Baseline constant(float value) {
    return new Constant(value);
  }

  /** A given tensor: the shape of x, or with a leading extent of 1 shared by all rows. */
  static Baseline of(Tensor given) {
    return new Given(given);
  }

  /** Uniform noise in [low, high), different for each row, the same for the same seed. */
  static Baseline uniform(long seed, float low, float high) {
    return new Uniform(seed, low, high);
  }

  /** See {@link #constant}. */
  record Constant(float value) implements Baseline {
    @Override
    public Tensor rows(Tensor x, Memory memory) {
      Tensor b = memory.floats(x.shape());
      for (long i = 0; i < b.size(); i++) {
        b.put(i, value);
      }
      return b;
    }

    @Override
    public String toString() {
      return "constant " + value;
    }
  }

  /** See {@link #of}. */
  record Given(Tensor given) implements Baseline {
    @Override
    public Tensor rows(Tensor x, Memory memory) {
      boolean shared = given.shape().equals(x.shape().with(0, 1));
      if (!shared && !given.shape().equals(x.shape())) {
        throw new IllegalArgumentException(
            "baseline of shape %s for input of shape %s: give the same shape, or one row"
                .formatted(given.shape(), x.shape()));
      }
      Tensor b = memory.floats(x.shape());
      for (long i = 0; i < b.size(); i++) {
        b.put(i, given.at(i % given.size()));
      }
      return b;
    }

    @Override
    public String toString() {
      return "given " + dev.vitrine.tensor.io.TensorHash.of(given).substring(0, 16);
    }
  }

  /** See {@link #uniform}. */
  record Uniform(long seed, float low, float high) implements Baseline {
    @Override
    public Tensor rows(Tensor x, Memory memory) {
      Tensor b = memory.floats(x.shape());
      int n = x.shape().dim(0);
      int row = Math.toIntExact(x.size() / Math.max(n, 1));
      for (int r = 0; r < n; r++) {
        for (int i = 0; i < row; i++) {
          float u = Philox.uniformAt(seed, 0, 0, r, i);
          b.put((long) r * row + i, Math.fma(u, high - low, low));
        }
      }
      return b;
    }

    @Override
    public String toString() {
      return "uniform " + low + " to " + high + ", seed " + seed;
    }
  }
}
