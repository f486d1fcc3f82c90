package dev.vitrine.autodiff.op;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;

/** A trailing group of axes is summed as rows, any other as columns (NUMERICS.md, part 4). */
final class Sums {
  private Sums() {}

  /** y = Σ of x over its axes from (inclusive) to (exclusive). */
  static void over(Kernels k, int from, int to, Tensor x, Tensor y) {
    if (to == x.shape().rank()) {
      k.sumRows(x, y);
    } else {
      k.sumColumns(x.shape().fold(from, to), x, y);
    }
  }
}
