package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shapes that operators ask for, in the file's order of axes; the same for known and live values.
 */
final class Extents {
  /** More axes than kernels and loops are asked to walk. */
  private static final int MOST_AXES = 16;

  private Extents() {}

  /** start, start + step, … along an axis. */
  record Range(int axis, int start, int step, int count) {}

  /** A shape of extents that nobody has looked at yet. */
  static Shape of(Call c, long... extents) {
    int[] d = new int[extents.length];
    for (int i = 0; i < d.length; i++) {
      if (d.length > MOST_AXES || extents[i] < 0 || extents[i] > Integer.MAX_VALUE) {
        throw c.refuse(
            "shape %s is not possible: up to %d extents, none negative or beyond 2^31 - 1"
                .formatted(Arrays.toString(extents), MOST_AXES));
      }
      d[i] = (int) extents[i];
    }
    return Shape.of(d);
  }

  /**
   * What Reshape asks for. A graph that was written for {@code batch} rows (0: for any number) has
   * that number in its shapes; it gives way to the number that is there.
   */
  static Shape reshape(Call c, Shape x, int batch) {
    long[] d = c.wholes(1).clone();
    boolean zeros = c.whole("allowzero", 0) != 0;
    int open = -1;
    for (int i = 0; i < d.length; i++) {
      if (d[i] == 0 && !zeros && i < x.rank()) {
        d[i] = x.dim(i);
      } else if (d[i] == -1 && open < 0) {
        open = i;
      }
    }
    int rows = x.rank() == 0 ? 0 : x.dim(0);
    if (open > 0 && batch > 0 && d[0] == batch && rows > 0) {
      d[0] = rows;
    }
    long rest = product(c, d, open >= 0 ? open : 0);
    boolean other = open < 0 && batch > 0 && batch != rows && d.length > 0;
    if ((open >= 0 || other) && rest > 0 && x.size() % rest == 0) {
      d[Math.max(open, 0)] = x.size() / rest;
    }
    Shape y = of(c, d);
    if (y.size() != x.size()) {
      throw c.refuse("shape %s can't become %s".formatted(x, Arrays.toString(c.wholes(1))));
    }
    return y;
  }

  /** The product of all extents but one; 0 where it is beyond 2^63. */
  private static long product(Call c, long[] extents, int without) {
    long p = 1;
    for (int i = 0; i < extents.length; i++) {
      if (i != without) {
        if (extents[i] < 0 || extents[i] > 0 && p > Long.MAX_VALUE / extents[i]) {
          throw c.refuse("shape %s is not possible".formatted(Arrays.toString(extents)));
        }
        p *= extents[i];
      }
    }
    return p;
  }

  static Shape flatten(Call c, Shape x) {
    int axis = c.whole("axis", 1);
    int a = axis < 0 ? axis + x.rank() : axis;
    if (a < 0 || a > x.rank()) {
      throw c.refuse("axis %d, but shape %s has %d axes".formatted(axis, x, x.rank()));
    }
    long before = 1;
    for (int i = 0; i < a; i++) {
      before *= x.dim(i);
    }
    return of(c, before, before == 0 ? 0 : x.size() / before);
  }

  static Shape squeeze(Call c, Shape x) {
    boolean[] gone = new boolean[x.rank()];
    if (c.hasAxes()) {
      for (int a : c.axes(x.rank())) {
        if (x.dim(a) != 1) {
          throw c.refuse("axis %d of shape %s has more than one element".formatted(a, x));
        }
        gone[a] = true;
      }
    } else {
      for (int i = 0; i < gone.length; i++) {
        gone[i] = x.dim(i) == 1;
      }
    }
    return Shape.of(IntStream.range(0, x.rank()).filter(i -> !gone[i]).map(x::dim).toArray());
  }

  static Shape unsqueeze(Call c, Shape x) {
    int rank = x.rank() + c.axesGiven().length;
    boolean[] fresh = new boolean[rank];
    for (int a : c.axes(rank)) {
      if (fresh[a] || rank > MOST_AXES) {
        throw c.refuse("axes %s for shape %s".formatted(Arrays.toString(c.axesGiven()), x));
      }
      fresh[a] = true;
    }
    int[] d = new int[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      d[i] = fresh[i] ? 1 : x.dim(from++);
    }
    return Shape.of(d);
  }

  static int[] permutation(Call c, Shape x) {
    int[] axes = c.wholes("perm");
    int rank = x.rank();
    if (axes.length == 0) {
      return IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
    }
    if (axes.length != rank
        || IntStream.of(axes).distinct().filter(a -> a >= 0 && a < rank).count() != rank) {
      throw c.refuse("perm %s is no order of the axes of %s".formatted(Arrays.toString(axes), x));
    }
    return axes;
  }

  /** What Slice keeps: starts, ends, axes and steps are inputs, attributes before opset 10. */
  static List<Range> slice(Call c, Shape x) {
    boolean old = c.inputs() == 1;
    long[] starts = old ? c.longs("starts") : c.wholes(1);
    long[] ends = old ? c.longs("ends") : c.wholes(2);
    long[] axes = old ? c.longs("axes") : c.has(3) ? c.wholes(3) : new long[0];
    long[] steps = c.has(4) ? c.wholes(4) : new long[0];
    if (ends.length != starts.length
        || axes.length != 0 && axes.length != starts.length
        || steps.length != 0 && steps.length != starts.length
        || starts.length > x.rank()) {
      throw c.refuse("as many starts as ends, axes and steps are needed, up to " + x.rank());
    }
    var ranges = new ArrayList<Range>();
    for (int i = 0; i < starts.length; i++) {
      int axis = x.axis(axes.length == 0 ? i : Math.toIntExact(axes[i]));
      long step = steps.length == 0 ? 1 : steps[i];
      ranges.add(range(c, axis, x.dim(axis), starts[i], ends[i], step));
    }
    return ranges;
  }

  private static Range range(Call c, int axis, int extent, long start, long end, long step) {
    if (step == 0) {
      throw c.refuse("its step along axis %d is 0".formatted(axis));
    }
    long from = start < 0 ? start + extent : start;
    long to = end < 0 ? Math.max(end, -extent - 1L) + extent : end;
    long by = Math.clamp(step, -extent - 1L, extent + 1L);
    long first = by > 0 ? Math.clamp(from, 0, extent) : Math.clamp(from, -1, extent - 1);
    long last = by > 0 ? Math.clamp(to, 0, extent) : Math.clamp(to, -1, extent - 1);
    long count = Math.max(0, Math.ceilDiv(last - first, by));
    return new Range(axis, (int) Math.max(first, 0), (int) by, (int) count);
  }
}
