package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A node on its way to the tape: its inputs and what it was told, checked as they are asked for.
 */
final class Call {
  /** No stride, pad or kernel of a network is larger; sums of a few stay far inside an int. */
  static final long MOST = 1 << 20;

  private final GraphNode node;
  private final Recorder recorder;

  Call(GraphNode node, Recorder recorder) {
    this.node = node;
    this.recorder = recorder;
  }

  GraphNode node() {
    return node;
  }

  long opset() {
    return recorder.opset();
  }

  /** Rows that the graph was written for; 0 = any number. */
  int batch() {
    return recorder.batch();
  }

  // ---- inputs

  int inputs() {
    return node.inputs().size();
  }

  boolean has(int i) {
    return i < inputs() && !node.inputs().get(i).isEmpty();
  }

  private String name(int i) {
    if (!has(i)) {
      throw refuse("input %d is missing".formatted(i));
    }
    return node.inputs().get(i);
  }

  boolean isKnown(int i) {
    return recorder.value(name(i)) instanceof Known;
  }

  /** True if every input is known, one at least. */
  boolean isConstant() {
    for (int i = 0; i < inputs(); i++) {
      if (has(i) && !isKnown(i)) {
        return false;
      }
    }
    return true;
  }

  Shape shape(int i) {
    return recorder.value(name(i)).shape();
  }

  /** An input that must not depend on the batch. */
  Known known(int i) {
    if (recorder.value(name(i)) instanceof Known k) {
      recorder.reads(name(i));
      return k;
    }
    throw refuse(
        "input %d (\"%s\") is computed from the batch, only constants and shapes can stand there"
            .formatted(i, name(i)));
  }

  Known.Real real(int i) {
    if (known(i) instanceof Known.Real r) {
      return r;
    }
    throw refuse("input %d (\"%s\") holds integers, float32 is needed".formatted(i, name(i)));
  }

  long[] wholes(int i) {
    if (known(i) instanceof Known.Whole w) {
      return w.values();
    }
    throw refuse("input %d (\"%s\") holds float32 numbers, int64 is needed".formatted(i, name(i)));
  }

  /** An integer alone. */
  long single(int i) {
    long[] v = wholes(i);
    if (v.length != 1) {
      throw refuse("input %d has shape %s, one number is needed".formatted(i, shape(i)));
    }
    return v[0];
  }

  /** A number alone; {@code otherwise} where the input is left out. */
  float number(int i, float otherwise) {
    if (!has(i)) {
      return otherwise;
    }
    Known.Real r = real(i);
    if (r.values().length != 1) {
      throw refuse("input %d has shape %s, one number is needed".formatted(i, shape(i)));
    }
    return r.values()[0];
  }

  /** An input as a value on the tape; known numbers become a constant there. */
  Live live(int i) {
    recorder.reads(name(i));
    return switch (recorder.value(name(i))) {
      case Live l -> l;
      case Known.Real r ->
          Live.written(recorder.tape().constant(name(i), Tensor.of(r.shape(), r.values())));
      case Known.Whole _ ->
          throw refuse("input %d (\"%s\") holds integers, float32 is needed".formatted(i, name(i)));
    };
  }

  /** An input by the order in which an operator's weights are kept, as a parameter of the layer. */
  Var weight(int i, Use use, UnaryOperator<Known.Real> order) {
    if (recorder.value(name(i)) instanceof Known.Real r) {
      return recorder.weight(name(i), use, () -> order.apply(r));
    }
    throw refuse("input %d (\"%s\") must be a constant of float32 numbers".formatted(i, name(i)));
  }

  /** A weight as the file has it. */
  Var weight(int i, Use use) {
    return weight(i, use, w -> w);
  }

  /** True if the file gives this input as a weight, not as a constant in passing. */
  boolean isWeight(int i) {
    return recorder.isInitializer(name(i));
  }

  // ---- what it was told

  /** An integer of moderate size. */
  int whole(String attribute, int otherwise) {
    if (!node.attributes().containsKey(attribute)) {
      return otherwise;
    }
    int[] v = wholes(attribute);
    if (v.length != 1) {
      throw refuse("%s has %d numbers, one is needed".formatted(attribute, v.length));
    }
    return v[0];
  }

  float real(String attribute, float otherwise) {
    Attribute a = node.attributes().get(attribute);
    if (a == null) {
      return otherwise;
    }
    if (a.value() instanceof Known.Real r && r.values().length == 1) {
      return r.values()[0];
    }
    throw refuse("attribute %s is no float".formatted(attribute));
  }

  String word(String attribute, String otherwise) {
    Attribute a = node.attributes().get(attribute);
    return a == null ? otherwise : a.text();
  }

  /** Integers of any size; none where there is no such attribute. */
  long[] longs(String attribute) {
    Attribute a = node.attributes().get(attribute);
    if (a == null) {
      return new long[0];
    }
    if (a.value() instanceof Known.Whole w) {
      return w.values();
    }
    throw refuse("attribute %s holds no integers".formatted(attribute));
  }

  /** Integers of moderate size; none where there is no such attribute. */
  int[] wholes(String attribute) {
    long[] v = longs(attribute);
    for (long x : v) {
      if (Math.abs(x) > MOST || x == Long.MIN_VALUE) {
        throw refuse(
            "%s is %s; up to %d is possible".formatted(attribute, Arrays.toString(v), MOST));
      }
    }
    return Arrays.stream(v).mapToInt(Math::toIntExact).toArray();
  }

  /** So many integers, each at least {@code least}. */
  int[] wholes(String attribute, int least, int... otherwise) {
    int[] v = node.attributes().containsKey(attribute) ? wholes(attribute) : otherwise;
    boolean good = v.length == otherwise.length;
    for (int x : v) {
      good &= x >= least;
    }
    if (!good) {
      throw refuse(
          "%s is %s; %d numbers from %d on are needed"
              .formatted(attribute, Arrays.toString(v), otherwise.length, least));
    }
    return v;
  }

  /** True if axes are named, as an attribute or, in newer files, as input 1. */
  boolean hasAxes() {
    return node.attributes().containsKey("axes") || has(1);
  }

  /** The axes as they are named. */
  long[] axesGiven() {
    return node.attributes().containsKey("axes") || !has(1) ? longs("axes") : wholes(1);
  }

  /** The axes counted from the front. */
  int[] axes(int rank) {
    long[] given = axesGiven();
    int[] axes = new int[given.length];
    for (int i = 0; i < axes.length; i++) {
      long a = given[i] < 0 ? given[i] + rank : given[i];
      if (a < 0 || a >= rank) {
        throw refuse("axis %d, but there are %d".formatted(given[i], rank));
      }
      axes[i] = (int) a;
    }
    return axes;
  }

  /** Refuses arrays that a small file makes large. */
  void spend(long numbers) {
    recorder.spend(this, numbers);
  }

  /** The problem, and which node has it. */
  IllegalArgumentException refuse(String problem) {
    return new IllegalArgumentException(
        "%s (opset %d): %s".formatted(node, recorder.opset(), problem));
  }
}
