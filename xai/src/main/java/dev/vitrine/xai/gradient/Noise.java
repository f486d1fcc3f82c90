package dev.vitrine.xai.gradient;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.xai.Question;

/** What is added to a copy of a row to see whether its explanation stays. */
public interface Noise {
  /** Streams of random numbers: {@link dev.vitrine.xai.Baseline} draws from 0. */
  int STREAM = 1;

  /** Noisy copies of the rows that are asked about; the noise depends on their numbers. */
  Tensor add(Question q);

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
    public Tensor add(Question q) {
      float[] x = q.x().toFloats();
      float[] z = drawn(q).toFloats();
      int size = x.length / q.size();
      for (int from = 0; from < x.length; from += size) {
        float scale = relative ? deviation * range(x, from, from + size) : deviation;
        for (int i = from; i < from + size; i++) {
          x[i] = Math.fma(scale, z[i], x[i]);
        }
      }
      return q.memory().floats(q.x().shape(), x);
    }

    /** Standard normal numbers, as many rows at once as are numbered one behind the other. */
    private Tensor drawn(Question q) {
      int[] numbers = q.numbers();
      Tensor z = q.memory().floats(q.x().shape());
      Tensor clock = q.memory().ints(Shape.of(2));
      for (int from = 0, to; from < numbers.length; from = to) {
        to = from + 1;
        while (to < numbers.length && numbers[to] == numbers[to - 1] + 1) {
          to++;
        }
        clock.putInt(1, numbers[from]);
        Tensor rows = z.rows(from, to);
        q.subject()
            .device()
            .run(k -> k.random(Draw.NORMAL, seed, STREAM, 0, clock, rows), rows.size());
      }
      return z;
    }

    private static float range(float[] x, int from, int to) {
      float low = x[from];
      float high = low;
      for (int i = from + 1; i < to; i++) {
        low = Math.min(low, x[i]);
        high = Math.max(high, x[i]);
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
    public Tensor add(Question q) {
      Tensor x = q.x();
      int[] numbers = q.numbers();
      int samples = noise.shape().dim(0);
      int rows = noise.shape().dim(1);
      long size = x.size() / Math.max(numbers.length, 1);
      Tensor noisy = q.memory().floats(x.shape());
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
