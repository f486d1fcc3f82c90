package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Operators on known arrays, evaluated at once: what computes shapes, paddings and indices in a
 * graph, and what moves weights.
 */
final class Fold {
  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("Identity", c -> c.known(0)),
          Map.entry("Dropout", c -> c.known(0)),
          Map.entry("Cast", Fold::cast),
          Map.entry("Gather", Fold::gather),
          Map.entry("Concat", Fold::concat),
          Map.entry("Slice", Fold::slice),
          Map.entry("Transpose", Fold::transpose),
          Map.entry("Reshape", c -> c.known(0).reshaped(Extents.reshape(c, c.known(0).shape(), 0))),
          Map.entry("Flatten", c -> c.known(0).reshaped(Extents.flatten(c, c.known(0).shape()))),
          Map.entry("Squeeze", c -> c.known(0).reshaped(Extents.squeeze(c, c.known(0).shape()))),
          Map.entry(
              "Unsqueeze", c -> c.known(0).reshaped(Extents.unsqueeze(c, c.known(0).shape()))),
          Map.entry("ConstantOfShape", Fold::constantOfShape),
          Map.entry("Expand", Fold::expand),
          Map.entry("Range", Fold::range),
          Map.entry("Add", c -> zip(c, (a, b) -> a + b, (a, b) -> a + b)),
          Map.entry("Sub", c -> zip(c, (a, b) -> a - b, (a, b) -> a - b)),
          Map.entry("Mul", c -> zip(c, (a, b) -> a * b, (a, b) -> a * b)),
          Map.entry("Div", c -> zip(c, (a, b) -> divided(c, a, b), (a, b) -> a / b)));

  private static final int FLOAT = 1;

  private Fold() {}

  /** What a call gives whose inputs are all known. */
  @FunctionalInterface
  private interface Rule {
    Known of(Call c);
  }

  @FunctionalInterface
  private interface LongPair {
    long of(long a, long b);
  }

  @FunctionalInterface
  private interface FloatPair {
    float of(float a, float b);
  }

  static boolean knows(String op) {
    return RULES.containsKey(op) || op.equals("Constant");
  }

  static Set<String> names() {
    return new TreeSet<>(RULES.keySet());
  }

  /** Evaluates a call whose inputs are all known. */
  static Known of(Call c) {
    if (c.node().op().equals("Constant")) {
      return constant(c);
    }
    Rule rule = RULES.get(c.node().op());
    if (rule == null) {
      throw new IllegalStateException("nobody folds " + c.node());
    }
    return rule.of(c);
  }

  private static Known constant(Call c) {
    for (String name : List.of("value", "value_float", "value_floats", "value_int", "value_ints")) {
      Attribute a = c.node().attributes().get(name);
      if (a != null && a.value() != null) {
        return a.value();
      }
    }
    throw c.refuse("it has no numbers; a tensor, floats or ints are needed");
  }

  private static Known cast(Call c) {
    boolean real = c.whole("to", 0) == FLOAT;
    return switch (c.known(0)) {
      case Known.Real r when real -> r;
      case Known.Whole w when !real -> w;
      case Known.Whole w -> {
        float[] y = new float[w.values().length];
        for (int i = 0; i < y.length; i++) {
          y[i] = w.values()[i];
        }
        yield new Known.Real(w.shape(), y);
      }
      case Known.Real r -> {
        long[] y = new long[r.values().length];
        Arrays.setAll(y, i -> (long) r.values()[i]);
        yield new Known.Whole(r.shape(), y);
      }
    };
  }

  private static Known gather(Call c) {
    Known x = c.known(0);
    int axis = x.shape().axis(c.whole("axis", 0));
    long[] index = c.wholes(1);
    Shape rest = x.shape().without(axis);
    Shape to = rest;
    int[] of = c.shape(1).dims();
    for (int k = of.length - 1; k >= 0; k--) {
      to = to.insert(axis, of[k]);
    }
    c.spend(to.size());
    int inner = x.shape().fold(axis, axis + 1).inner();
    int extent = x.shape().dim(axis);
    int[] from = new int[Math.toIntExact(to.size())];
    for (int i = 0; i < from.length; i++) {
      int outer = i / (inner * index.length);
      long k = index[i / inner % index.length];
      long at = k < 0 ? k + extent : k;
      if (at < 0 || at >= extent) {
        throw c.refuse("index %d leaves axis %d of shape %s".formatted(k, axis, x.shape()));
      }
      from[i] = (outer * extent + (int) at) * inner + i % inner;
    }
    return x.picked(to, from);
  }

  private static Known concat(Call c) {
    Known first = c.known(0);
    int axis = first.shape().axis(c.whole("axis", 0));
    int total = 0;
    for (int i = 0; i < c.inputs(); i++) {
      Shape s = c.known(i).shape();
      if (s.rank() != first.shape().rank()
          || !s.with(axis, 0).equals(first.shape().with(axis, 0))) {
        throw c.refuse("shapes %s and %s differ in more than one axis".formatted(first.shape(), s));
      }
      total = Math.addExact(total, s.dim(axis));
    }
    Shape to = first.shape().with(axis, total);
    c.spend(to.size());
    boolean real = first instanceof Known.Real;
    Known y =
        real
            ? new Known.Real(to, new float[(int) to.size()])
            : new Known.Whole(to, new long[(int) to.size()]);
    int at = 0;
    int outer = to.fold(axis, axis + 1).outer();
    for (int i = 0; i < c.inputs(); i++) {
      Known x = c.known(i);
      int run = (int) (x.shape().size() / Math.max(outer, 1));
      int row = (int) (to.size() / Math.max(outer, 1));
      for (int o = 0; o < outer; o++) {
        copy(c, x, o * run, y, o * row + at, run);
      }
      at += run;
    }
    return y;
  }

  private static void copy(Call c, Known x, int from, Known y, int to, int count) {
    if (x instanceof Known.Real a && y instanceof Known.Real b) {
      System.arraycopy(a.values(), from, b.values(), to, count);
    } else if (x instanceof Known.Whole a && y instanceof Known.Whole b) {
      System.arraycopy(a.values(), from, b.values(), to, count);
    } else {
      throw c.refuse("integers and float32 numbers stand side by side; cast one of them");
    }
  }

  private static Known slice(Call c) {
    Known x = c.known(0);
    Shape to = x.shape();
    int[] step = Moves.strides(to);
    int first = 0;
    for (Extents.Range r : Extents.slice(c, x.shape())) {
      first += r.start() * step[r.axis()];
      step[r.axis()] *= r.step();
      to = to.with(r.axis(), r.count());
    }
    c.spend(to.size());
    return x.picked(to, Moves.walk(to, first, step));
  }

  private static Known transpose(Call c) {
    Known x = c.known(0);
    int[] axes = Extents.permutation(c, x.shape());
    c.spend(x.shape().size());
    return x.picked(Moves.permuted(x.shape(), axes), Moves.permutation(x.shape(), axes));
  }

  private static Known constantOfShape(Call c) {
    Shape to = Extents.of(c, c.wholes(0));
    c.spend(to.size());
    Attribute a = c.node().attributes().get("value");
    Known one =
        a == null || a.value() == null ? new Known.Real(Shape.of(1), new float[1]) : a.value();
    if (one.shape().size() != 1) {
      throw c.refuse("its value has shape %s, one number is needed".formatted(one.shape()));
    }
    return one.picked(to, new int[(int) to.size()]);
  }

  private static Known expand(Call c) {
    Known x = c.known(0);
    Shape to = Shape.broadcast(x.shape(), Extents.of(c, c.wholes(1)));
    c.spend(to.size());
    return x.picked(to, Moves.stretched(x.shape(), to));
  }

  private static Known range(Call c) {
    long start = c.single(0);
    long limit = c.single(1);
    long delta = c.single(2);
    if (delta == 0) {
      throw c.refuse("its step is 0");
    }
    long count = Math.max(0, Math.ceilDiv(Math.subtractExact(limit, start), delta));
    c.spend(count);
    return Known.Whole.of(
        IntStream.range(0, (int) count).mapToLong(i -> start + i * delta).toArray());
  }

  private static long divided(Call c, long a, long b) {
    if (b == 0) {
      throw c.refuse("an integer is divided by 0");
    }
    return a / b;
  }

  private static Known zip(Call c, LongPair whole, FloatPair real) {
    Shape to = Shape.broadcast(c.shape(0), c.shape(1));
    c.spend(to.size());
    Known a = c.known(0).picked(to, Moves.stretched(c.shape(0), to));
    Known b = c.known(1).picked(to, Moves.stretched(c.shape(1), to));
    if (a instanceof Known.Whole x && b instanceof Known.Whole y) {
      long[] z = new long[x.values().length];
      Arrays.setAll(z, i -> whole.of(x.values()[i], y.values()[i]));
      return new Known.Whole(to, z);
    }
    if (a instanceof Known.Real x && b instanceof Known.Real y) {
      float[] z = new float[x.values().length];
      for (int i = 0; i < z.length; i++) {
        z[i] = real.of(x.values()[i], y.values()[i]);
      }
      return new Known.Real(to, z);
    }
    throw c.refuse("one operand holds integers, the other float32 numbers; cast one of them");
  }
}
