package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import java.util.function.BinaryOperator;

/** z = f(a, b), element by element; trailing axes of the file aligned, extents of 1 stretched. */
final class Pairs {
  private Pairs() {}

  /** What becomes of x with a single number; {@code first}: the number stands on the left. */
  @FunctionalInterface
  interface WithNumber {
    Var of(Var x, float k, boolean first);
  }

  static Var plus(Var x, float k, boolean first) {
    return x.shift(k);
  }

  static Var minus(Var x, float k, boolean first) {
    return first ? x.affine(-1, k) : x.shift(-k);
  }

  static Var times(Var x, float k, boolean first) {
    return x.scale(k);
  }

  static Var over(Var x, float k, boolean first) {
    return first ? x.tape().constant(k).div(x) : x.over(k);
  }

  static Value record(Call c, BinaryOperator<Var> f, WithNumber number) {
    for (int i = 0; i < 2; i++) {
      int other = 1 - i;
      boolean constant = c.isKnown(i) && !c.isKnown(other) && !c.isWeight(i);
      if (constant && c.shape(i).size() == 1 && c.shape(i).rank() <= c.shape(other).rank()) {
        Live x = c.live(other);
        return x.with(number.of(x.v(), c.number(i, 0), i == 0));
      }
    }
    Live a = operand(c, 0);
    Live b = operand(c, 1);
    if (a.order() == b.order() && a.channels() == b.channels()) {
      return a.with(f.apply(a.v(), b.v()));
    }
    boolean images = a.isLast() || b.isLast();
    if (images && a.shape().rank() <= 4 && b.shape().rank() <= 4) {
      return Live.last(f.apply(image(a), image(b)));
    }
    return Live.written(f.apply(a.written(), b.written()));
  }

  private static Live operand(Call c, int i) {
    return c.isKnown(i) && c.isWeight(i) ? Live.written(c.weight(i, Use.OPERAND)) : c.live(i);
  }

  /** With four axes, channels last. */
  private static Var image(Live x) {
    if (x.isLast()) {
      return x.v();
    }
    Var v = x.written();
    while (v.shape().rank() < 4) {
      v = v.insertAxis(0);
    }
    return v.shape().size() == 1 ? v : v.permute(0, 2, 3, 1);
  }
}
