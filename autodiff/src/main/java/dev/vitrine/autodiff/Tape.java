package dev.vitrine.autodiff;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A program as it is written down: nodes in the order they were recorded.
 *
 * <p>An eager tape also computes as it records. Gradients and explanations are appended by {@link
 * Reverse} and {@link Rewrite}; nothing is ever changed or removed. A tape belongs to one thread
 * and owns the values it computed until it is closed.
 */
public final class Tape implements AutoCloseable {
  private static final boolean CHECK_NAN = "nan".equals(System.getProperty("vitrine.check"));

  private final Device device;
  private final boolean eager;
  private final Memory memory;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Tensor, Var> parameters = new IdentityHashMap<>();
  private final Map<Integer, Var> scalars = new HashMap<>();
  private String scope = "";
  private @Nullable Var clock;
  private int streams;

  private Tape(Device device, boolean eager) {
    this.device = device;
    this.eager = eager;
    this.memory = device.memory("tape");
  }

  /** A tape that computes as it records. */
  public static Tape eager(Device device) {
    return new Tape(device, true);
  }

  /** A tape that only records: shapes are known, values are not. For {@code compile}. */
  public static Tape recording(Device device) {
    return new Tape(device, false);
  }

  public Device device() {
    return device;
  }

  public boolean isEager() {
    return eager;
  }

  /** All nodes so far, a view. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  // ---- leaves

  /** An input with a value; on a recording tape only its shape and kind are looked at. */
  public Var input(String name, Tensor value) {
    return leaf(Leaf.Kind.INPUT, name, value.dtype(), value.shape(), eager ? value : null);
  }

  /** A float32 input that gets its value at replay. */
  public Var input(String name, Shape shape) {
    return input(name, DType.FLOAT32, shape);
  }

  /** An input that gets its value at replay; on an eager tape it starts as zeros. */
  public Var input(String name, DType dtype, Shape shape) {
    return leaf(Leaf.Kind.INPUT, name, dtype, shape, eager ? memory.tensor(dtype, shape) : null);
  }

  /** A parameter: the tensor is shared, not copied. The same tensor gives the same leaf. */
  public Var parameter(String name, Tensor value) {
    return parameters.computeIfAbsent(
        value, v -> leaf(Leaf.Kind.PARAMETER, name, v.dtype(), v.shape(), v));
  }

  /** A constant tensor: shared, not copied, and not to be changed. */
  public Var constant(String name, Tensor value) {
    return leaf(Leaf.Kind.CONSTANT, name, value.dtype(), value.shape(), value);
  }

  /** A scalar; equal ones are one leaf. */
  public Var constant(float value) {
    return scalars.computeIfAbsent(
        Float.floatToRawIntBits(value),
        bits -> constant(Float.toString(value), memory.floats(Shape.SCALAR, value)));
  }

  /**
   * The clock of random nodes: int32 [2] = (step, first row), an input. A trainer sets the step, an
   * explainer the first row.
   */
  public Var clock() {
    if (clock == null) {
      clock = input("clock", DType.INT32, Shape.of(2));
    }
    return clock;
  }

  /**
   * A number for a random node, different from all others on this tape and the same at each
   * recording.
   */
  public int nextStream() {
    return streams++;
  }

  private Var leaf(Leaf.Kind kind, String name, DType dtype, Shape shape, @Nullable Tensor value) {
    Node n = add(new Leaf(kind, dtype, shape), name, List.of(), List.of(shape));
    if (value != null) {
      n.value(0, value);
    }
    return n.out();
  }

  // ---- recording

  /**
   * Runs {@code body}; the nodes it records carry {@code name}. Nested names are joined by dots.
   */
  public <T> T scope(String name, Supplier<T> body) {
    return named(scope.isEmpty() ? name : scope + "." + name, body);
  }

  /** As {@link #scope}, but the whole name is given. */
  <T> T named(String name, Supplier<T> body) {
    String outer = scope;
    scope = name;
    try {
      return body.get();
    } finally {
      scope = outer;
    }
  }

  /** Records an op; refuses inputs of other tapes and shapes that do not fit. */
  public Node record(Op op, Var... in) {
    List<Var> inputs = List.of(in);
    var shapes = new ArrayList<Shape>(in.length);
    for (Var v : inputs) {
      if (v.node().tape() != this) {
        throw new IllegalArgumentException(
            title(op) + ": input " + v + " lives on another tape; record the model on this one");
      }
      if (op.reads(shapes.size()) && v.isInteger() != op.takesInteger(shapes.size())) {
        throw new IllegalArgumentException(
            "%s: input %d must hold %s, %s does not"
                .formatted(title(op), shapes.size(), v.isInteger() ? "numbers" : "integers", v));
      }
      shapes.add(v.shape());
    }
    List<Shape> outputs;
    try {
      outputs = op.infer(shapes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(title(op) + ": " + e.getMessage(), e);
    }
    Node n = add(op, scope, inputs, outputs);
    if (eager) {
      compute(n, shapes);
    }
    return n;
  }

  private String title(Op op) {
    return scope.isEmpty() ? op.name() : op.name() + " \"" + scope + "\"";
  }

  private Node add(Op op, String name, List<Var> in, List<Shape> shapes) {
    Node n = new Node(this, nodes.size(), op, name, in, shapes);
    nodes.add(n);
    return n;
  }

  private void compute(Node n, List<Shape> inShapes) {
    Op op = n.op();
    Tensor[] in = new Tensor[n.in().size()];
    long elements = 0;
    for (int i = 0; i < in.length; i++) {
      in[i] = n.in(i).value();
      elements += in[i].size();
    }
    if (op.views(inShapes)) {
      n.value(0, in[0].part(op.viewFrom(inShapes), n.shape(0)));
      return;
    }
    List<Shape> scratch = op.scratch(inShapes);
    Tensor[] out = new Tensor[n.outputs() + scratch.size()];
    for (int i = 0; i < out.length; i++) {
      boolean result = i < n.outputs();
      Shape s = result ? n.shape(i) : scratch.get(i - n.outputs());
      out[i] = memory.tensor(result && op.integer(i) ? DType.INT32 : DType.FLOAT32, s);
      elements += s.size();
    }
    long touched = elements;
    Memory.hold(() -> device.run(k -> op.forward(k, in, out), touched), in, out);
    for (int i = 0; i < n.outputs(); i++) {
      n.value(i, out[i]);
      if (CHECK_NAN) {
        NanCheck.check(n.toString(), out[i]);
      }
    }
  }

  // ---- gradients and rewrites

  /**
   * dy/dx, where y's elements are summed: shorthand for {@link Reverse#walk} with a seed of ones.
   */
  public Var gradient(Var y, Var x) {
    Var g = gradients(y, List.of(x)).at(x);
    return g == null ? x.zeros() : g;
  }

  /** The gradient of the sum of {@code y} towards several values at once. */
  public Flow gradients(Var y, List<Var> wrt) {
    return backward(y, y.ones(), wrt, RuleSet.GRADIENT);
  }

  /** The one reverse walk; see {@link Reverse#walk}. */
  public Flow backward(Var y, Var seed, List<Var> wrt, RuleSet rules) {
    return Reverse.walk(y, seed, wrt, rules);
  }

  /** Re-records what {@code roots} need and {@code given} changes; see {@link Rewrite}. */
  public NodeMap substitute(Map<Var, Var> given, Var... roots) {
    return rewrite(given, (n, in) -> null, roots);
  }

  /** As {@link #substitute}, with {@code rewriter} answering for nodes it wants changed. */
  public NodeMap rewrite(Map<Var, Var> given, Rewriter rewriter, Var... roots) {
    return Rewrite.run(this, given, rewriter, Arrays.asList(roots));
  }

  /** Frees the values; reading one afterwards is an error. */
  @Override
  public void close() {
    memory.close();
  }

  /** One line per node. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Node n : nodes) {
      text.append(n).append('\n');
    }
    return text.toString();
  }
}
