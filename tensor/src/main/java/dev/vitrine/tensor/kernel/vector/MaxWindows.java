package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.I;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * The largest element of each window in a row of windows, and where it is: channels are lanes.
 *
 * <p>An element stays the largest if it is ≥ the next one, or NaN. Each loop is a method of its own
 * that names the Vector API itself, and is short enough for C1: what C1 can't compile stays
 * interpreted for too long, and behind too long a body C2 boxes the vectors that it stores.
 */
final class MaxWindows {
  private MaxWindows() {}

  /**
   * {@code count} windows of rows × columns taps inside the image, {@code step} floats apart; the
   * first tap of the first is at address x, and at {@code first} in the image. A row of taps is
   * {@code down} floats behind the one above it in memory, {@code below} floats in the image.
   */
  static void run(
      long x,
      int first,
      int rows,
      int columns,
      int down,
      int below,
      int right,
      int step,
      int count,
      int channels,
      long y,
      long index) {
    for (int c = 0; c < channels; c += WIDTH) {
      long xc = x + 4L * c;
      long yc = y + 4L * c;
      long ic = index + 4L * c;
      int at = first + c;
      int left = channels - c;
      if (rows == 2 && columns == 2) {
        squares(xc, at, down, below, right, step, count, channels, left, yc, ic);
      } else {
        int taps = rows * columns;
        any(xc, at, taps, columns, down, below, right, step, count, channels, left, yc, ic);
      }
    }
  }

  /** 2 × 2 taps: the larger of each row, then of these. */
  private static void squares(
      long x,
      int first,
      int down,
      int below,
      int right,
      int step,
      int count,
      int channels,
      int left,
      long y,
      long index) {
    VectorMask<Float> m = Raw.first(left);
    IntVector upperLeft = IntVector.zero(I).addIndex(1).add(first);
    IntVector lowerLeft = upperLeft.add(below);
    for (int i = 0; i < count; i++) {
      long at = x + 4L * i * step;
      long next = at + 4L * down;
      long to = 4L * i * channels;
      FloatVector upper = fromMemorySegment(F, ALL, at, ORDER, m);
      FloatVector v = fromMemorySegment(F, ALL, at + 4L * right, ORDER, m);
      VectorMask<Float> stays = upper.compare(GE, v).or(upper.compare(NE, upper));
      upper = v.blend(upper, stays);
      IntVector where = upperLeft.add(right).blend(upperLeft, stays.cast(I));
      FloatVector lower = fromMemorySegment(F, ALL, next, ORDER, m);
      v = fromMemorySegment(F, ALL, next + 4L * right, ORDER, m);
      stays = lower.compare(GE, v).or(lower.compare(NE, lower));
      lower = v.blend(lower, stays);
      IntVector there = lowerLeft.add(right).blend(lowerLeft, stays.cast(I));
      stays = upper.compare(GE, lower).or(upper.compare(NE, upper));
      lower.blend(upper, stays).intoMemorySegment(ALL, y + to, ORDER, m);
      where = there.blend(where, stays.cast(I)).add(i * step);
      where.reinterpretAsFloats().intoMemorySegment(ALL, index + to, ORDER, m);
    }
  }

  private static void any(
      long x,
      int first,
      int taps,
      int columns,
      int down,
      int below,
      int right,
      int step,
      int count,
      int channels,
      int left,
      long y,
      long index) {
    VectorMask<Float> m = Raw.first(left);
    IntVector lane = IntVector.zero(I).addIndex(1).add(first);
    int rowDown = down - (columns - 1) * right;
    int rowBelow = below - (columns - 1) * right;
    for (int i = 0; i < count; i++) {
      long at = x + 4L * i * step;
      FloatVector best = fromMemorySegment(F, ALL, at, ORDER, m);
      IntVector where = IntVector.zero(I);
      int offset = 0;
      int column = 1;
      for (int t = 1; t < taps; t++) {
        boolean end = column == columns;
        at += 4L * (end ? rowDown : right);
        offset += end ? rowBelow : right;
        column = end ? 1 : column + 1;
        FloatVector v = fromMemorySegment(F, ALL, at, ORDER, m);
        VectorMask<Float> stays = best.compare(GE, v).or(best.compare(NE, best));
        best = v.blend(best, stays);
        where = IntVector.broadcast(I, offset).blend(where, stays.cast(I));
      }
      long to = 4L * i * channels;
      best.intoMemorySegment(ALL, y + to, ORDER, m);
      where = where.add(lane).add(i * step);
      where.reinterpretAsFloats().intoMemorySegment(ALL, index + to, ORDER, m);
    }
  }
}
