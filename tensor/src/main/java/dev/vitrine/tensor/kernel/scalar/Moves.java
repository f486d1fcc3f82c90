package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;

/** Elements in new places, bit by bit, so for both kinds. */
final class Moves {
  private Moves() {}

  static void permute(int[] axes, Tensor x, Tensor y) {
    permute(axes, x, y, 0, 0, 0);
  }

  /** Axes before {@code k} are chosen; the block of y that is left begins at {@code from} in x. */
  private static void permute(int[] axes, Tensor x, Tensor y, int k, long from, long block) {
    if (k == axes.length) {
      y.putInt(block, x.intAt(from));
      return;
    }
    int n = y.shape().dim(k);
    long stride = stride(x.shape(), axes[k]);
    for (int i = 0; i < n; i++) {
      permute(axes, x, y, k + 1, from + i * stride, block * n + i);
    }
  }

  /** Elements between neighbours along an axis. */
  private static long stride(Shape s, int axis) {
    long stride = 1;
    for (int k = axis + 1; k < s.rank(); k++) {
      stride *= s.dim(k);
    }
    return stride;
  }

  static void slice(Fold f, int start, int step, Tensor x, Tensor y) {
    long count = count(f, y);
    long yi = 0;
    for (int o = 0; o < f.outer(); o++) {
      for (int j = 0; j < count; j++) {
        for (int i = 0; i < f.inner(); i++) {
          y.putInt(yi++, x.intAt(at(f, o, start + j * step, i)));
        }
      }
    }
  }

  static void paste(Fold f, int start, int step, Tensor x, Tensor y) {
    long count = count(f, x);
    long xi = 0;
    for (int o = 0; o < f.outer(); o++) {
      for (int j = 0; j < count; j++) {
        for (int i = 0; i < f.inner(); i++) {
          y.putInt(at(f, o, start + j * step, i), x.intAt(xi++));
        }
      }
    }
  }

  /** The extent of the sliced axis in the smaller tensor. */
  private static long count(Fold f, Tensor part) {
    long columns = (long) f.outer() * f.inner();
    return columns == 0 ? 0 : part.size() / columns;
  }

  private static long at(Fold f, int o, int j, int i) {
    return ((long) o * f.n() + j) * f.inner() + i;
  }
}
