package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Stretched;

/**
 * A tensor y cut into blocks of at most 1024 elements: some whole rows, or a piece of a long one.
 *
 * <p>An operand that must be stretched to the shape of y is laid out for one block at a time, in
 * the first cache. The loops behind it see equal shapes only.
 */
final class Blocks {
  private static final int SIZE = 1024;

  private Shape shape = Shape.SCALAR;
  private long rows;
  private int row;
  private int rowsPerBlock;
  private int blocksPerRow;

  private long firstRow;
  private int firstColumn;
  private int columns;
  private int count;

  /** Cuts y. */
  void of(Shape y) {
    shape = y;
    row = Math.max(1, Stretched.row(y));
    rows = y.size() / row;
    rowsPerBlock = Math.max(1, SIZE / row);
    blocksPerRow = Math.ceilDiv(row, SIZE);
  }

  /** How many blocks there are. */
  int blocks() {
    return Math.toIntExact(Math.ceilDiv(rows, rowsPerBlock) * blocksPerRow);
  }

  /** From here on everything is about block i. */
  void at(int i) {
    firstRow = (long) (i / blocksPerRow) * rowsPerBlock;
    firstColumn = i % blocksPerRow * SIZE;
    columns = Math.min(SIZE, row - firstColumn);
    count = (int) Math.min(rowsPerBlock, rows - firstRow) * columns;
  }

  /** Where in y the block begins. */
  long start() {
    return firstRow * row + firstColumn;
  }

  /** Elements of the block. */
  int count() {
    return count;
  }

  /**
   * Where the block's elements of x lie one after the other: in x itself, or in {@code buffer},
   * which must be x's own until the last block.
   */
  long operand(Tensor x, long buffer, boolean firstTime) {
    if (x.size() == shape.size()) {
      return x.address() + 4 * start();
    }
    boolean whole = Stretched.row(x.shape()) == row;
    if (whole && count == columns) {
      return x.address() + 4 * (Stretched.offset(x.shape(), shape, 1, firstRow) + firstColumn);
    }
    boolean sameForAll = x.size() == Stretched.row(x.shape());
    if (firstTime || !sameForAll) {
      stretch(x, whole, buffer);
    }
    return buffer;
  }

  private void stretch(Tensor x, boolean whole, long to) {
    for (int i = 0; i < count; i += columns) {
      long offset = Stretched.offset(x.shape(), shape, 1, firstRow + i / columns);
      long from = x.address() + 4 * offset;
      if (whole) {
        Raw.copy(from + 4L * firstColumn, to + 4L * i, columns);
      } else {
        Raw.fill(Raw.get(from), to + 4L * i, columns);
      }
    }
  }

  /** As {@link #operand}, written to {@code to}. */
  void copy(Tensor x, long to) {
    long from = operand(x, to, true);
    if (from != to) {
      Raw.copy(from, to, count);
    }
  }

  /** Floats that the buffer of an operand takes. */
  static int buffer() {
    return SIZE;
  }
}
