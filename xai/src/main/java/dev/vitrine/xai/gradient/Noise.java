package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;

/** What is added to a copy of a row to see whether its explanation stays. */
public interface Noise {
  /** Streams of random numbers: {@link dev.vitrine.xai.Baseline} draws from 0. */
  int STREAM = 1;

  /**
   * Noisy copies of rows, made in {@code memory}.
   *
   * @param numbers the number of each row, which the noise depends on
   */
  Tensor add(Tensor x, int[] numbers, Memory memory);

  /** Normal noise with this deviation. */
  static Noise normal(float deviation, long seed) {
    return new Normal(deviation, seed, false);
  }

  /** Normal noise with a deviation of so many times the row's largest minus its smallest value. */
  static Noise relative(float deviation, long seed) {
    return new Normal(deviation, seed, true);
  }

  /** Given noise [samples, rows, …]: row number k gets that of its sample, k mod samples. */
  static Noise of(Tensor given) {
    return new Given(given);
  }

  /** See {@link #normal} and {@link #relative}. */
  record Normal(float deviation, long seed, boolean relative) implements Noise {
    @Override
    public Tensor add(Tensor x, int[] numbers, Memory memory) {
      Tensor noisy = memory.floats(x.shape());
      for (int r = 0; r < numbers.length; r++) {
        Tensor from = x.rows(r, r + 1);
        Tensor to = noisy.rows(r, r + 1);
        float scale = relative ? deviation * range(from) : deviation;
        for (long i = 0; i < from.size(); i++) {
          float z = Philox.normalAt(seed, STREAM, 0, numbers[r], i);
          to.put(i, Math.fma(scale, z, from.at(i)));
        }
      }
      return noisy;
    }

    private static float range(Tensor row) {
      float low = row.at(0);
      float high = low;
      for (long i = 1; i < row.size(); i++) {
        low = Math.min(low, row.at(i));
        high = Math.max(high, row.at(i));
      }
      return high - low;
    }

    @Override
    public String toString() {
      return "normal %s%s, seed %d".formatted(deviation, relative ? " of the range" : "", seed);
    }
  }

  /** See {@link #of}. */
  record Given(Tensor noise) implements Noise {
    @Override
    public Tensor add(Tensor x, int[] numbers, Memory memory) {
      int samples = noise.shape().dim(0);
      int rows = noise.shape().dim(1);
      long size = x.size() / Math.max(numbers.length, 1);
      Tensor noisy = memory.floats(x.shape());
      for (int r = 0; r < numbers.length; r++) {
        long from = ((long) numbers[r] % samples * rows + numbers[r] / samples) * size;
        for (long i = 0; i < size; i++) {
          noisy.put(r * size + i, x.at(r * size + i) + noise.at(from + i));
        }
      }
      return noisy;
    }

    @Override
    public String toString() {
      return "given " + TensorHash.of(noise).substring(0, 16);
    }
  }
}
