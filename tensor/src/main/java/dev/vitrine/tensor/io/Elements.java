package dev.vitrine.tensor.io;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array as it lies in a file, and its way into a tensor.
 *
 * <p>{@code what} names file and array in errors. With {@code columnMajor} the first axis runs
 * fastest (Fortran); tensors are row-major.
 */
record Elements(
    String what,
    ElementType type,
    ByteOrder order,
    boolean columnMajor,
    Shape shape,
    MemorySegment bytes) {
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  /** The shape with these extents, none of which has been believed so far. */
  static Shape shape(String what, ElementType type, long... extents) throws FormatException {
    var dims = new int[extents.length];
    try {
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Math.toIntExact(extents[i]);
      }
      var shape = Shape.of(dims);
      Math.multiplyExact(shape.size(), Math.max(type.bytes(), DType.BYTES));
      return shape;
    } catch (ArithmeticException e) {
      throw new FormatException(
          what,
          "the shape %s is too large; an extent goes up to 2^31 - 1, all bytes up to 2^63 - 1"
              .formatted(Arrays.toString(extents)),
          e);
    }
  }

  /** Bytes that an array takes in the file. */
  static long length(ElementType type, Shape shape) {
    return shape.size() * type.bytes();
  }

  /** The same bytes in native order and row-major, so a tensor can stand on them. */
  boolean fits() {
    return (type == ElementType.F32 || type == ElementType.I32)
        && order == ByteOrder.nativeOrder()
        && bytes.address() % DType.BYTES == 0
        && isRowMajor();
  }

  private boolean isRowMajor() {
    int wide = 0;
    for (int d : shape.dims()) {
      wide += d == 1 ? 0 : 1;
    }
    return !columnMajor || wide <= 1 || shape.size() == 0;
  }

  /** A copy in {@code memory}: reals are rounded to float32, integers must fit int32. */
  Tensor tensor(Memory memory) throws FormatException {
    var y = memory.tensor(type.dtype(), shape);
    if (type.bytes() == DType.BYTES && type != ElementType.U32 && isRowMajor()) {
      var from = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
      MemorySegment.copy(bytes, from, 0, y.segment(), ValueLayout.JAVA_INT, 0, y.size());
      return y;
    }
    var walk = new Walk(shape, columnMajor);
    for (long i = 0; i < y.size(); i++, walk.advance()) {
      if (type.dtype() == DType.FLOAT32) {
        y.put(i, (float) type.real(bytes, order, walk.at));
      } else {
        y.putInt(i, (int) integer(walk.at, -(1L << 31), (1L << 31) - 1, "int32"));
      }
    }
    return y;
  }

  /** The values in binary64, row-major; integers beyond 2⁵³ are refused, so nothing is rounded. */
  double[] doubles() throws FormatException {
    if (shape.size() > Integer.MAX_VALUE - 8) {
      throw new FormatException(
          what, "%d elements do not fit a Java array; read it as a tensor".formatted(shape.size()));
    }
    var y = new double[(int) shape.size()];
    var walk = new Walk(shape, columnMajor);
    for (int i = 0; i < y.length; i++, walk.advance()) {
      y[i] =
          type.dtype() == DType.FLOAT32
              ? type.real(bytes, order, walk.at)
              : integer(walk.at, -EXACT_IN_DOUBLE, EXACT_IN_DOUBLE, "float64 exactly");
    }
    return y;
  }

  private long integer(long at, long min, long max, String target) throws FormatException {
    long v = type.integer(bytes, order, at);
    boolean beyondLong = type == ElementType.U64 && v < 0;
    if (beyondLong || v < min || v > max) {
      throw new FormatException(
          what,
          "the element stored at place %d is %s, which does not fit %s"
              .formatted(at, beyondLong ? Long.toUnsignedString(v) : Long.toString(v), target));
    }
    return v;
  }

  /** Goes over the elements row by row and says where each one is stored. */
  private static final class Walk {
    final int[] dims;
    final long[] stride;
    final int[] index;
    long at;

    Walk(Shape shape, boolean columnMajor) {
      dims = shape.dims();
      index = new int[dims.length];
      stride = new long[dims.length];
      long step = 1;
      for (int i = 0; i < dims.length; i++) {
        int axis = columnMajor ? i : dims.length - 1 - i;
        stride[axis] = step;
        step *= dims[axis];
      }
    }

    void advance() {
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        at += stride[axis];
        if (++index[axis] < dims[axis]) {
          return;
        }
        at -= stride[axis] * dims[axis];
        index[axis] = 0;
      }
    }
  }
}
