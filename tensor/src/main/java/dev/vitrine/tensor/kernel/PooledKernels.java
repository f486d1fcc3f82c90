package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Convolution, relu and max pool in one, and their gradients: z = x ⋆ w + bias is never in memory
 * as a whole. The bits of the calls of {@link Kernels} that they stand for.
 */
public interface PooledKernels {

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
