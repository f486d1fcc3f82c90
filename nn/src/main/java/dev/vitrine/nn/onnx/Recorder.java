package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** One walk over the nodes of a graph: what is known is folded, the rest is written on a tape. */
final class Recorder {
  private final long opset;
  private final int batch;
  private final Tape tape;
  private final Weights weights;
  private final Set<String> initializers;
  private final Map<String, Value> values;
  private final Set<String> read = new HashSet<>();
  private long room;

  /**
   * @param batch rows that the graph was written for; 0 = any number
   * @param room numbers that folded arrays may have in all
   */
  Recorder(
      long opset,
      int batch,
      Tape tape,
      Weights weights,
      Set<String> initializers,
      Map<String, Known> constants,
      long room) {
    this.opset = opset;
    this.batch = batch;
    this.tape = tape;
    this.weights = weights;
    this.initializers = initializers;
    this.values = new HashMap<>(constants);
    this.room = room;
  }

  long opset() {
    return opset;
  }

  int batch() {
    return batch;
  }

  Tape tape() {
    return tape;
  }

  boolean isInitializer(String name) {
    return initializers.contains(name);
  }

  void put(String name, Value v) {
    values.put(name, v);
  }

  Value value(String name) {
    Value v = values.get(name);
    if (v == null) {
      throw new IllegalArgumentException("\"" + name + "\" has no value");
    }
    return v;
  }

  /** The numbers of this array matter, not only its shape. */
  void reads(String name) {
    read.add(name);
  }

  /** Arrays whose numbers somebody wanted, other than as weights. */
  Set<String> read() {
    return read;
  }

  boolean isKnown(String name) {
    return values.get(name) instanceof Known;
  }

  Var weight(String name, Use use, Supplier<Known.Real> array) {
    return weights.on(tape, name, use, array);
  }

  void spend(Call c, long numbers) {
    room -= numbers;
    if (numbers > Integer.MAX_VALUE || room < 0) {
      throw c.refuse("constants take more numbers than its file can have meant");
    }
  }

  /** Walks over the nodes. */
  void run(List<GraphNode> nodes) {
    for (GraphNode n : nodes) {
      var call = new Call(n, this);
      values.put(n.output(), Fold.knows(n.op()) && call.isConstant() ? fold(n) : live(call));
    }
  }

  /** Computes a node whose inputs are all known. */
  Known fold(GraphNode n) {
    var call = new Call(n, this);
    try {
      return Fold.of(call);
    } catch (ArithmeticException | IndexOutOfBoundsException e) {
      throw impossible(call, e);
    }
  }

  private Value live(Call c) {
    Operator op = Operators.of(c.node());
    if (op == null) {
      throw c.refuse("it is known for constants and shapes only, here it depends on the batch");
    }
    try {
      return tape.scope(c.node().layer(), () -> op.record(c));
    } catch (ArithmeticException | IndexOutOfBoundsException e) {
      throw impossible(c, e);
    }
  }

  private static IllegalArgumentException impossible(Call c, RuntimeException e) {
    return c.refuse("its extents are not possible: " + e.getMessage());
  }
}
