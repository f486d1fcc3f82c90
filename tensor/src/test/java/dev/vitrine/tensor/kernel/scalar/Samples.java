package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.util.Random;

/** Tensors for tests, always the same for the same seed. */
final class Samples {
  static final Kernels KERNELS = new ScalarBackend().kernels(Team.Member.ALONE);

  private Samples() {}

  /** Standard normal numbers. */
  static Tensor normal(int seed, int... dims) {
    var random = new Random(seed);
    Tensor t = blank(dims);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) random.nextGaussian());
    }
    return t;
  }

  /** Numbers of very different size, so that another order of summation gives other bits. */
  static Tensor rough(int seed, int... dims) {
    var random = new Random(seed);
    Tensor t = blank(dims);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) random.nextGaussian() * (1 << random.nextInt(12)));
    }
    return t;
  }

  /** Filled with NaN: what a kernel forgets to write shows. */
  static Tensor blank(int... dims) {
    Tensor t = Tensor.of(Shape.of(dims), new float[Math.toIntExact(Shape.of(dims).size())]);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, Float.NaN);
    }
    return t;
  }

  /** Filled with −1. */
  static Tensor blankInts(int... dims) {
    Tensor t = Tensor.of(Shape.of(dims), new int[Math.toIntExact(Shape.of(dims).size())]);
    for (long i = 0; i < t.size(); i++) {
      t.putInt(i, -1);
    }
    return t;
  }

  static Tensor floats(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  static Tensor ints(int... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  /** Σ a·b in binary64. */
  static double inner(Tensor a, Tensor b) {
    double sum = 0;
    for (long i = 0; i < a.size(); i++) {
      sum += (double) a.at(i) * b.at(i);
    }
    return sum;
  }
}
