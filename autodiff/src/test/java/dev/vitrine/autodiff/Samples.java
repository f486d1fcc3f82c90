package dev.vitrine.autodiff;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/** Inputs for tests, drawn from a seed. */
public final class Samples {
  public static final Device SCALAR = Device.of("scalar", 1);

  private Samples() {}

  /** Uniform in [low, high). */
  public static Tensor uniform(long seed, double low, double high, int... dims) {
    Tensor t = new Memory("sample").floats(Shape.of(dims));
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) (low + (high - low) * Philox.uniformAt(seed, 0, 0, 0, i)));
    }
    return t;
  }

  /** Uniform in [−1, 1). */
  public static Tensor signed(long seed, int... dims) {
    return uniform(seed, -1, 1, dims);
  }
}
