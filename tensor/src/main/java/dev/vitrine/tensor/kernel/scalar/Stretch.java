package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;

/**
 * How a tensor of shape x is read as if it had shape y: trailing axes aligned, extents of 1
 * repeated.
 */
final class Stretch {
  private Stretch() {}

  /**
   * Element of x where a block of y begins. A block is what the last {@code tail} axes span; {@code
   * block} counts the blocks of y in row-major order.
   */
  static long offset(Shape x, Shape y, int tail, long block) {
    int rank = y.rank();
    long offset = 0;
    long stride = 1;
    for (int axis = rank - 1; axis >= 0; axis--) {
      int extent = x.aligned(rank, axis);
      if (axis < rank - tail) {
        int n = y.dim(axis);
        offset += extent == 1 ? 0 : block % n * stride;
        block /= n;
      }
      stride *= extent;
    }
    return offset;
  }

  /** Elements in a row, that is along the last axis; 1 for a scalar. */
  static int row(Shape y) {
    return y.rank() == 0 ? 1 : y.dim(-1);
  }

  /** How far x moves on with each element of a row of y: 0 where its last extent is stretched. */
  static int step(Shape x) {
    return row(x) == 1 ? 0 : 1;
  }
}
