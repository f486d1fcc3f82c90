package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Shape;

/**
 * How a tensor is read as if it had the shape of y: trailing axes aligned, extents of 1 repeated.
 */
public final class Stretched {
  private Stretched() {}

  /**
   * The element of x where a block of y begins. A block is what the last {@code tail} axes span;
   * {@code block} counts them in row-major order.
   */
  public static long offset(Shape x, Shape y, int tail, long block) {
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

  /** Elements along the last axis; 1 for a scalar. */
  public static int row(Shape s) {
    return s.rank() == 0 ? 1 : s.dim(-1);
  }

  /** How far x moves on with each element along the last axis: 0 where that is stretched. */
  public static int step(Shape x) {
    return row(x) == 1 ? 0 : 1;
  }
}
