package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Several calls of {@link Kernels} in one, without what lies between them in memory: the same bits.
 *
 * <p>Outputs are written completely and, but for chains, do not overlap inputs.
 */
public interface FusedKernels {

  // ---- element by element

  /** y = the last link of {@code c}, element by element; y may be an input of its shape. */
  void chain(Chain c, Tensor[] in, Tensor y);

  // ---- a product and what follows it

  /** y = f(a·b + bias), as {@link Kernels#matmul}. */
  void matmul(
      boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Activation f, Tensor y);

  /** y = f(x ⋆ w + bias), as {@link Kernels#conv2d}. */
  void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Activation f, Tensor y);

  /** Those that join a max pool with the convolution before it; null: this backend doesn't. */
  default @Nullable PooledKernels pooled() {
    return this instanceof PooledKernels p ? p : null;
  }
}
