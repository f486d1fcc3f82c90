package dev.vitrine.xai;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What "no information" looks like: the point from which a path to the input starts.
 *
 * <p>No choice is neutral: what equals the baseline gets no attribution. Sturmfels, Lundberg and
 * Lee, Visualizing the impact of feature attribution baselines (Distill 2020), compare those that
 * are here.
 */
public interface Baseline {
  /**
   * The baseline of each row of {@code x}, in the shape of {@code x}, made in {@code memory}.
   *
   * @param numbers the number of each row, for baselines that are drawn
   */
  Tensor rows(Tensor x, int[] numbers, Memory memory);

  /** True if all rows have the same one: what the network makes of it is computed once. */
  default boolean shared() {
    return false;
  }

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

  /** Row k gets row k mod m of {@code data} [m, …]: each of m baselines for each row in turn. */
  static Baseline each(Tensor data) {
    return new Each(data, name(data));
  }

  /** Row k gets value k mod m everywhere: each of m constants for each row in turn. */
  static Baseline constants(float... values) {
    return new Constants(Arrays.stream(wide(values)).boxed().toList());
  }

  private static double[] wide(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** For each row of x one row of {@code data} [m, …], drawn with replacement. */
  static Baseline drawn(Tensor data, long seed) {
    return new Drawn(data, seed, name(data));
  }

  /**
   * The image itself, blurred: a Gaussian of deviation {@code sigma} pixels on [n, h, w, c], cut at
   * four deviations; at the borders the weights of what is inside are scaled up to 1.
   */
  static Baseline blurred(double sigma) {
    return new Blurred(sigma);
  }

  /** For each element the end of [low, high] that is farther from x (Sturmfels et al. 2020). */
  static Baseline farthest(float low, float high) {
    return new Farthest(low, high);
  }

  /** Uniform noise in [low, high), different for each row, the same for the same seed. */
  static Baseline uniform(long seed, float low, float high) {
    return new Uniform(seed, low, high);
  }

  /** See {@link #constant}. */
  record Constant(float value) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      float[] all = new float[Math.toIntExact(x.size())];
      Arrays.fill(all, value);
      return memory.floats(x.shape(), all);
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public String toString() {
      return "constant " + value;
    }
  }

  /** See {@link #of}. */
  record Given(Tensor given) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
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
    public boolean shared() {
      return given.shape().rank() > 0 && given.shape().dim(0) == 1;
    }

    @Override
    public String toString() {
      return "given " + name(given);
    }
  }

  /** See {@link #each}. */
  record Each(Tensor data, String name) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      int m = count(data, x);
      Tensor b = memory.floats(x.shape());
      for (int r = 0; r < numbers.length; r++) {
        int from = Math.floorMod(numbers[r], m);
        b.rows(r, r + 1).set(data.rows(from, from + 1));
      }
      return b;
    }

    @Override
    public String toString() {
      return "each of " + name;
    }
  }

  /** What a tensor is called in provenance: a part of its hash. */
  private static String name(Tensor data) {
    return TensorHash.of(data).substring(0, 16);
  }

  /** Rows of {@code data}, which must fit those of {@code x}. */
  private static int count(Tensor data, Tensor x) {
    int m = data.shape().rank() == 0 ? 0 : data.shape().dim(0);
    if (m == 0 || !data.shape().with(0, 1).equals(x.shape().with(0, 1))) {
      throw new IllegalArgumentException(
          "baselines of shape %s for input of shape %s: give at least one row of the same shape"
              .formatted(data.shape(), x.shape()));
    }
    return m;
  }

  /** See {@link #constants}. */
  record Constants(List<Double> values) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      Tensor b = memory.floats(x.shape());
      long size = b.size() / Math.max(numbers.length, 1);
      for (long i = 0; i < b.size(); i++) {
        int row = (int) (i / size);
        b.put(i, values.get(Math.floorMod(numbers[row], values.size())).floatValue());
      }
      return b;
    }

    @Override
    public String toString() {
      return "each of constants " + values;
    }
  }

  /** See {@link #drawn}. */
  record Drawn(Tensor data, long seed, String name) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      int m = count(data, x);
      Tensor b = memory.floats(x.shape());
      for (int r = 0; r < x.shape().dim(0); r++) {
        int from = Philox.below(m, seed, 0, 0, numbers[r]);
        b.rows(r, r + 1).set(data.rows(from, from + 1));
      }
      return b;
    }

    @Override
    public String toString() {
      return "drawn from " + name + ", seed " + seed;
    }
  }

  /** See {@link #blurred}. */
  record Blurred(double sigma) implements Baseline {
    public Blurred {
      if (!(sigma > 0 && sigma < 1e6)) {
        throw new IllegalArgumentException(
            "sigma: " + sigma + " given, a positive number of pixels is needed");
      }
    }

    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      return Blur.INSIDE.of(x, sigma, memory);
    }

    @Override
    public String toString() {
      return "blurred " + sigma;
    }
  }

  /** See {@link #farthest}. */
  record Farthest(float low, float high) implements Baseline {
    public Farthest {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "low " + low + ", high " + high + ": low must be less than high");
      }
    }

    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      Tensor b = memory.floats(x.shape());
      for (long i = 0; i < b.size(); i++) {
        b.put(i, Math.abs(x.at(i) - low) >= Math.abs(x.at(i) - high) ? low : high);
      }
      return b;
    }

    @Override
    public String toString() {
      return "farthest of " + low + " and " + high;
    }
  }

  /** See {@link #uniform}. */
  record Uniform(long seed, float low, float high) implements Baseline {
    @Override
    public Tensor rows(Tensor x, int[] numbers, Memory memory) {
      Tensor b = memory.floats(x.shape());
      int n = x.shape().dim(0);
      int row = Math.toIntExact(x.size() / Math.max(n, 1));
      for (int r = 0; r < n; r++) {
        for (int i = 0; i < row; i++) {
          float u = Philox.uniformAt(seed, 0, 0, numbers[r], i);
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
