package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A graph that is being written: nodes in the order in which they are added, and their arrays. */
final class GraphOut {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int IR_VERSION = 8;

  /** The version that knows all operators but one, and that other tools have known for years. */
  private static final int OPSET = 17;

  private final List<WireOut> nodes = new ArrayList<>();
  private final Map<String, Known> initializers = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private int opset = OPSET;

  /** An attribute: float, int, ints, or a word. */
  record Attribute(String name, Object value) {}

  static Attribute with(String name, Object value) {
    return new Attribute(name, value);
  }

  /** This graph has an operator that came with a newer opset. */
  void needs(int other) {
    opset = Math.max(opset, other);
  }

  /** A name that nobody has yet. */
  String fresh(String wanted) {
    String name = wanted;
    for (int k = 1; !names.add(name); k++) {
      name = wanted + "_" + k;
    }
    return name;
  }

  /** Adds a node in a layer; the name of what it gives. */
  String node(String layer, String op, List<String> inputs, Attribute... attributes) {
    String name = fresh((layer.isEmpty() ? "" : "/" + layer.replace('.', '/')) + "/" + op);
    String output = fresh(name + "_output_0");
    WireOut n = new WireOut();
    inputs.forEach(in -> n.text(1, in));
    n.text(2, output).text(3, name).text(4, op);
    for (Attribute a : attributes) {
      n.message(5, message(a));
    }
    nodes.add(n);
    return output;
  }

  /** A constant in passing, which nobody trains. */
  String constant(String layer, Known value) {
    return node(layer, "Constant", List.of(), with("value", value));
  }

  String number(String layer, float value) {
    return constant(layer, new Known.Real(Shape.SCALAR, new float[] {value}));
  }

  String wholes(String layer, long... values) {
    return constant(layer, Known.Whole.of(values));
  }

  /** A weight. The same array under the same name is written once. */
  String weight(String name, Known.Real value) {
    if (initializers.get(name) instanceof Known.Real there
        && there.shape().equals(value.shape())
        && Arrays.equals(there.values(), value.values())) {
      return name;
    }
    String unique = fresh(name);
    initializers.put(unique, value);
    return unique;
  }

  private static WireOut message(Attribute a) {
    WireOut m = new WireOut().text(1, a.name());
    switch (a.value()) {
      case Float f -> m.real(2, f).whole(20, 1);
      case Integer i -> m.whole(3, i).whole(20, 2);
      case String s -> m.text(4, s).whole(20, 3);
      case Known k -> m.message(5, tensor("", k)).whole(20, 4);
      case int[] many -> {
        for (int v : many) {
          m.whole(8, v);
        }
        m.whole(20, 7);
      }
      default -> throw new IllegalStateException("attribute " + a);
    }
    return m;
  }

  private static WireOut tensor(String name, Known k) {
    WireOut m = new WireOut();
    for (int d : k.shape().dims()) {
      m.whole(1, d);
    }
    int n = Math.toIntExact(k.shape().size());
    return switch (k) {
      case Known.Real r -> {
        ByteBuffer raw = bytes((long) n * Float.BYTES);
        raw.asFloatBuffer().put(r.values());
        yield m.whole(2, FLOAT).text(8, name).bytes(9, raw.array());
      }
      case Known.Whole w -> {
        ByteBuffer raw = bytes((long) n * Long.BYTES);
        raw.asLongBuffer().put(w.values());
        yield m.whole(2, INT64).text(8, name).bytes(9, raw.array());
      }
    };
  }

  private static ByteBuffer bytes(long count) {
    return ByteBuffer.allocate(Math.toIntExact(count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An input or output with any number of rows. */
  private static WireOut info(String name, Shape s) {
    WireOut dims = new WireOut().message(1, new WireOut().text(2, "batch"));
    for (int i = 1; i < s.rank(); i++) {
      dims.message(1, new WireOut().whole(1, s.dim(i)));
    }
    WireOut tensor = new WireOut().whole(1, FLOAT).message(2, dims);
    return new WireOut().text(1, name).message(2, new WireOut().message(1, tensor));
  }

  /** The whole file; shapes are those of the file, their first extent is left open. */
  byte[] file(String input, Shape x, String output, Shape y) {
    WireOut graph = new WireOut();
    nodes.forEach(n -> graph.message(1, n));
    graph.text(2, "model");
    initializers.forEach((name, k) -> graph.message(5, tensor(name, k)));
    graph.message(11, info(input, x)).message(12, info(output, y));
    return new WireOut()
        .whole(1, opset > OPSET ? IR_VERSION + 1 : IR_VERSION)
        .text(2, "vitrine")
        .message(7, graph)
        .message(8, new WireOut().text(1, "").whole(2, opset))
        .toBytes();
  }

  int opset() {
    return opset;
  }
}
