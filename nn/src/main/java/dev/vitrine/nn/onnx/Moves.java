package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;

/** Where the elements of a moved array come from. */
final class Moves {
  private Moves() {}

  /** The shape whose axis k is axis {@code axes[k]} of x. */
  static Shape permuted(Shape x, int... axes) {
    int[] d = new int[axes.length];
    for (int k = 0; k < d.length; k++) {
      d[k] = x.dim(axes[k]);
    }
    return Shape.of(d);
  }

  /** For each element of the permuted array, the one of x that it is. */
  static int[] permutation(Shape x, int... axes) {
    int[] stride = strides(x);
    int[] step = new int[axes.length];
    for (int k = 0; k < step.length; k++) {
      step[k] = stride[axes[k]];
    }
    return walk(permuted(x, axes), 0, step);
  }

  /** For each element of x stretched to {@code to}, the one of x that it is. */
  static int[] stretched(Shape x, Shape to) {
    int[] stride = strides(x);
    int[] step = new int[to.rank()];
    for (int k = to.rank() - x.rank(); k < step.length; k++) {
      int axis = k - (to.rank() - x.rank());
      step[k] = x.dim(axis) == 1 ? 0 : stride[axis];
    }
    return walk(to, 0, step);
  }

  /** Elements first + Σ index·step, in row-major order of the index into {@code to}. */
  static int[] walk(Shape to, int first, int... step) {
    int[] from = new int[Math.toIntExact(to.size())];
    int[] index = new int[to.rank()];
    int at = first;
    for (int i = 0; i < from.length; i++) {
      from[i] = at;
      for (int k = index.length - 1; k >= 0; k--) {
        at += step[k];
        if (++index[k] < to.dim(k)) {
          break;
        }
        at -= step[k] * to.dim(k);
        index[k] = 0;
      }
    }
    return from;
  }

  /** Elements between neighbours along each axis. */
  static int[] strides(Shape x) {
    int[] stride = new int[x.rank()];
    int s = 1;
    for (int k = stride.length - 1; k >= 0; k--) {
      stride[k] = s;
      s *= x.dim(k);
    }
    return stride;
  }
}
