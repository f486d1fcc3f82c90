package dev.vitrine.tensor;

import dev.vitrine.tensor.kernel.Fold;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Extents of a row-major tensor, outermost first: {@code [n, h, w, c]} for images, {@code []} for a
 * scalar.
 */
public final class Shape {
  public static final Shape SCALAR = new Shape();

  private final int[] dims;
  private final long size;

  /**
   * Folds asked for so far, by (from, to): kernels ask at every replay, which must not allocate.
   */
  private @Nullable Fold[] folds = {};

  private Shape(int... dims) {
    long n = 1;
    for (int d : dims) {
      if (d < 0) {
        throw new IllegalArgumentException(
            "shape " + Arrays.toString(dims) + ": extents must not be negative");
      }
      if (d > 0 && n > Long.MAX_VALUE / d) {
        throw new ArithmeticException(
            "shape " + Arrays.toString(dims) + ": more than 2^63 elements can't be counted");
      }
      n *= d;
    }
    this.dims = dims;
    this.size = n;
  }

  /** A shape with these extents; refuses negative ones and products beyond 2^63. */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  public int rank() {
    return dims.length;
  }

  /**
   * Extent of an axis; negative axes count from the end, so {@code dim(-1)} is the innermost one.
   */
  public int dim(int axis) {
    return dims[axis(axis)];
  }

  /** The same axis counted from the front, checked. */
  public int axis(int axis) {
    int i = axis < 0 ? axis + dims.length : axis;
    if (i < 0 || i >= dims.length) {
      throw new IllegalArgumentException(
          "axis " + axis + " of shape " + this + ": it has " + dims.length + " axes");
    }
    return i;
  }

  /** Number of elements; 1 for a scalar. */
  public long size() {
    return size;
  }

  public int[] dims() {
    return dims.clone();
  }

  /** This shape with one extent replaced. */
  public Shape with(int axis, int extent) {
    int[] d = dims.clone();
    d[axis(axis)] = extent;
    return new Shape(d);
  }

  /** This shape without one axis. */
  public Shape without(int axis) {
    int a = axis(axis);
    int[] d = new int[dims.length - 1];
    System.arraycopy(dims, 0, d, 0, a);
    System.arraycopy(dims, a + 1, d, a, d.length - a);
    return of(d);
  }

  /** This shape with one more axis in front of {@code axis} (rank = behind all). */
  public Shape insert(int axis, int extent) {
    int[] d = new int[dims.length + 1];
    System.arraycopy(dims, 0, d, 0, axis);
    d[axis] = extent;
    System.arraycopy(dims, axis, d, axis + 1, dims.length - axis);
    return new Shape(d);
  }

  /** This shape seen around the axes {@code from} (inclusive) to {@code to} (exclusive) as one. */
  public Fold fold(int from, int to) {
    int slots = dims.length + 1;
    var known = folds;
    if (known.length == 0) {
      known = new Fold[slots * slots];
      folds = known;
    }
    Fold f = known[from * slots + to];
    if (f == null) {
      f = new Fold(product(0, from), product(from, to), product(to, dims.length));
      known[from * slots + to] = f;
    }
    return f;
  }

  private int product(int from, int to) {
    int n = 1;
    for (int i = from; i < to; i++) {
      n = Math.multiplyExact(n, dims[i]);
    }
    return n;
  }

  /**
   * Extent of an axis of the shape that trailing-aligned broadcasting sees: as if padded with ones
   * in front up to {@code rank}.
   */
  public int aligned(int rank, int axis) {
    int i = axis - (rank - dims.length);
    return i < 0 ? 1 : dims[i];
  }

  /** The shape both stretch to; refuses extents that differ where neither is 1. */
  public static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    int[] d = new int[rank];
    for (int i = 0; i < rank; i++) {
      int x = a.aligned(rank, i);
      int y = b.aligned(rank, i);
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "shapes " + a + " and " + b + " do not broadcast: " + x + " against " + y);
      }
      d[i] = x == 1 ? y : x;
    }
    return of(d);
  }

  /** True if this shape stretches to {@code target} without changing it. */
  public boolean broadcastsTo(Shape target) {
    if (rank() > target.rank()) {
      return false;
    }
    for (int i = 0; i < target.rank(); i++) {
      int x = aligned(target.rank(), i);
      if (x != 1 && x != target.dims[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
