package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;

/** The same numbers elsewhere: operators that move, cut and join. */
final class Shapes {
  private static final int[] TO_CHANNELS_FIRST = {0, 3, 1, 2};

  private Shapes() {}

  /** Extents are known as soon as a batch is there. */
  static Value shape(Call c) {
    int rank = c.shape(0).rank();
    int start = clamped(c.whole("start", 0), rank);
    int end = clamped(c.whole("end", rank), rank);
    int[] dims = c.shape(0).dims();
    return Known.Whole.of(
        Shape.of(start < end ? Arrays.copyOfRange(dims, start, end) : new int[0]));
  }

  private static int clamped(int axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  static Value flatten(Call c) {
    Live x = c.live(0);
    return under(x, Extents.flatten(c, x.shape()));
  }

  static Value reshape(Call c) {
    Live x = c.live(0);
    return under(x, Extents.reshape(c, x.shape(), c.batch()));
  }

  static Value squeeze(Call c) {
    Live x = c.live(0);
    return under(x, Extents.squeeze(c, x.shape()));
  }

  static Value unsqueeze(Call c) {
    Live x = c.live(0);
    return under(x, Extents.unsqueeze(c, x.shape()));
  }

  /**
   * Under another shape. The leading extent is left open, since it is the batch's: what is recorded
   * for one number of rows can be replayed for another.
   */
  static Live under(Live x, Shape to) {
    Shape s = x.shape();
    if (to.equals(s)) {
      return x;
    }
    boolean rows = to.rank() == 2 && s.rank() > 1 && to.dim(0) == s.dim(0);
    if (rows) {
      return x.row();
    }
    int[] d = to.dims();
    if (d.length > 0 && to.size() > 0) {
      d[0] = -1;
    }
    return Live.written(x.written().reshape(d));
  }

  static Value transpose(Call c) {
    Live x = c.live(0).named();
    int[] axes = Extents.permutation(c, x.shape());
    if (isIdentity(axes)) {
      return x;
    }
    if (!x.isLast() && Arrays.equals(axes, TO_CHANNELS_FIRST)) {
      return Live.last(x.v());
    }
    int[] onTape = Arrays.stream(axes).map(x::axis).toArray();
    return Live.written(isIdentity(onTape) ? x.v() : x.v().permute(onTape));
  }

  private static boolean isIdentity(int[] axes) {
    for (int k = 0; k < axes.length; k++) {
      if (axes[k] != k) {
        return false;
      }
    }
    return true;
  }

  static Value concat(Call c) {
    Live[] parts = new Live[c.inputs()];
    Arrays.setAll(parts, c::live);
    boolean images = Arrays.stream(parts).anyMatch(Live::isLast);
    int axis = parts[0].shape().axis(c.whole("axis", 0));
    Var[] values = new Var[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].shape().rank() != parts[0].shape().rank()) {
        throw c.refuse(
            "shapes %s and %s cannot be joined".formatted(parts[0].shape(), parts[i].shape()));
      }
      values[i] = images ? parts[i].last() : parts[i].written();
    }
    if (!images) {
      return Live.written(Var.concat(axis, values));
    }
    Live first = Live.last(values[0]);
    return Live.last(Var.concat(first.axis(axis), values));
  }

  static Value slice(Call c) {
    Live x = c.live(0).named();
    Var y = x.v();
    for (Extents.Range r : Extents.slice(c, x.shape())) {
      boolean whole = r.start() == 0 && r.step() == 1 && r.count() == x.shape().dim(r.axis());
      if (!whole) {
        y = y.slice(x.axis(r.axis()), r.start(), r.start() + r.count() * r.step(), r.step());
      }
    }
    return x.with(y);
  }

  /** Slices along an axis by known indices; a single one takes the axis away. */
  static Value gather(Call c) {
    Live x = c.live(0).named();
    int axis = x.shape().axis(c.whole("axis", 0));
    int extent = x.shape().dim(axis);
    long[] given = c.wholes(1);
    int[] index = new int[given.length];
    for (int i = 0; i < index.length; i++) {
      long at = given[i] < 0 ? given[i] + extent : given[i];
      if (at < 0 || at >= extent) {
        throw c.refuse("index %d leaves axis %d of shape %s".formatted(given[i], axis, x.shape()));
      }
      index[i] = (int) at;
    }
    if (c.shape(1).rank() > 1) {
      throw c.refuse("its indices have shape %s, a row of them is possible".formatted(c.shape(1)));
    }
    if (c.shape(1).rank() == 0) {
      Live one = x.with(x.v().slice(x.axis(axis), index[0], index[0] + 1));
      return under(one, x.shape().without(axis));
    }
    Var at = x.v().tape().constant(c.node().layer(), Tensor.of(Shape.of(index.length), index));
    return x.with(x.v().indexSelect(x.axis(axis), at));
  }

  /** pads are all begins, then all ends; an attribute before opset 11. */
  static Value pad(Call c) {
    String mode = c.word("mode", "constant");
    if (!mode.equals("constant")) {
      throw c.refuse("mode %s is not known, constant is".formatted(mode));
    }
    Live x = c.live(0).named();
    int rank = x.shape().rank();
    long[] pads = c.has(1) ? c.wholes(1) : c.longs("pads");
    float value = c.number(2, c.real("value", 0));
    long[] named = c.has(3) ? c.wholes(3) : new long[0];
    int axes = c.has(3) ? named.length : rank;
    if (pads.length != 2 * axes || axes > rank) {
      throw c.refuse(
          "pads are %s, a begin and an end for each of %d axes are needed"
              .formatted(Arrays.toString(pads), axes));
    }
    Var y = x.v();
    for (int i = 0; i < axes; i++) {
      int axis = x.axis(c.has(3) ? Math.toIntExact(named[i]) : i);
      y = padded(c, y, axis, pads[i], pads[axes + i], value);
    }
    return x.with(y);
  }

  /** Negative padding cuts off. */
  private static Var padded(Call c, Var x, int axis, long before, long after, float value) {
    int extent = x.shape().dim(axis);
    if (Math.max(before, after) > Call.MOST || Math.min(before, after) < -extent) {
      throw c.refuse("padding %d and %d of %d elements".formatted(before, after, extent));
    }
    int b = (int) before;
    int a = (int) after;
    Var y = x;
    if (b < 0 || a < 0) {
      y = y.slice(axis, Math.max(0, -b), extent + Math.min(0, a));
    }
    return b > 0 || a > 0 ? y.pad(axis, Math.max(0, b), Math.max(0, a), value) : y;
  }
}
