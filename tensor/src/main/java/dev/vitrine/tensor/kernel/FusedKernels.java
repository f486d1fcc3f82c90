package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Several calls of {@link Kernels} in one, without what lies between them in memory: the same bits.
 *
 * <p>A backend has all of these or none. Outputs are written completely and, but for chains, do not
 * overlap inputs.
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

  // ---- convolution, relu and max pool: z = x ⋆ w + bias is never in memory as a whole

  /** y, index = max pool of (the relu of) x ⋆ w + bias; one group. */
  void conv2dPool(
      Window g, Pool pool, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y, Tensor index);

  /**
   * dx of a convolution whose dz is what the pool sends back: dy where {@code index} points to (if
   * y &gt; 0 or there is no relu), +0 elsewhere.
   */
  void conv2dPoolData(Window g, Pool pool, Tensor dy, Tensor y, Tensor index, Tensor w, Tensor dx);

  /** dw, from the same dz. */
  void conv2dPoolWeights(
      Window g, Pool pool, Tensor x, Tensor dy, Tensor y, Tensor index, Tensor dw);

  /** db = Σ dz over all pixels [n, h, w] of z, as {@link Kernels#sumColumns}. */
  void conv2dPoolBias(Pool pool, int h, int w, Tensor dy, Tensor y, Tensor index, Tensor db);
}
