package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Operators that look along axes: norms, softmax, means and sums. */
final class Norms {
  private static final float EPSILON = 1e-5f;

  private Norms() {}

  /** With the statistics of the file, also when the model is trained further. */
  static Value batchNorm(Call c) {
    Live x = c.live(0);
    int rank = x.shape().rank();
    Var v =
        switch (rank) {
          case 2 -> x.written();
          case 3 -> x.written().permute(0, 2, 1);
          case 4 -> x.last();
          default -> throw c.refuse("input %s: 2 to 4 axes are possible".formatted(x.shape()));
        };
    Var y =
        v.batchNorm(
            c.weight(1, Use.SCALE),
            c.weight(2, Use.BIAS),
            c.weight(3, Use.MEAN),
            c.weight(4, Use.VARIANCE),
            c.real("epsilon", EPSILON));
    return rank == 4 ? Live.last(y) : Live.written(rank == 3 ? y.permute(0, 2, 1) : y);
  }

  /** Over the axes from {@code axis} on, in the file's order. */
  static Value layerNorm(Call c) {
    Var x = c.live(0).written();
    Var gamma = c.weight(1, Use.SCALE);
    int axis = x.shape().axis(c.whole("axis", -1));
    if (gamma.shape().rank() != x.shape().rank() - axis) {
      throw c.refuse(
          "its scale has shape %s, its input %s from axis %d on"
              .formatted(gamma.shape(), x.shape(), axis));
    }
    Var beta = c.has(2) ? c.weight(2, Use.BIAS) : gamma.zeros();
    return Live.written(x.layerNorm(gamma, beta, c.real("epsilon", EPSILON)));
  }

  static Value softmax(Call c, BiFunction<Var, Integer, Var> f) {
    Live x = c.live(0).named();
    boolean old = c.opset() < 13;
    int axis = x.shape().axis(c.whole("axis", old ? 1 : -1));
    if (old && axis != x.shape().rank() - 1) {
      throw c.refuse(
          "before opset 13 it takes all axes from %d on as one, input %s; export it with opset 13"
              .formatted(axis, x.shape()));
    }
    return x.with(f.apply(x.v(), x.axis(axis)));
  }

  /** Axes that stay with extent 1, unless keepdims is 0. */
  static Value reduce(Call c, BiFunction<Var, int[], Var> f) {
    Live x = c.live(0).named();
    Shape s = x.shape();
    int[] axes = c.hasAxes() ? c.axes(s.rank()) : IntStream.range(0, s.rank()).toArray();
    if (axes.length == 0) {
      return x;
    }
    int[] onTape = Arrays.stream(axes).map(x::axis).toArray();
    Live y = x.with(f.apply(x.v(), onTape));
    if (c.whole("keepdims", 1) != 0) {
      return y;
    }
    int[] left =
        IntStream.range(0, s.rank())
            .filter(a -> Arrays.stream(axes).noneMatch(b -> b == a))
            .map(s::dim)
            .toArray();
    return Shapes.under(y, Shape.of(left));
  }
}
