package dev.vitrine.nn.onnx;

import static dev.vitrine.nn.onnx.GraphOut.with;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Add;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.Concat;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Div;
import dev.vitrine.autodiff.op.Flatten;
import dev.vitrine.autodiff.op.LayerNorm;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.LogSoftmax;
import dev.vitrine.autodiff.op.MatMul;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Mul;
import dev.vitrine.autodiff.op.Pad;
import dev.vitrine.autodiff.op.PerCount;
import dev.vitrine.autodiff.op.Permute;
import dev.vitrine.autodiff.op.Reshape;
import dev.vitrine.autodiff.op.Slice;
import dev.vitrine.autodiff.op.Softmax;
import dev.vitrine.autodiff.op.Sub;
import dev.vitrine.autodiff.op.Sum;
import dev.vitrine.autodiff.op.UnaryOp;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a model to a file: the model is recorded, and each node of the tape becomes the operators
 * that compute it. Images are [n, c, h, w] in the file, as other tools have them; the weights
 * behind a flattened image are ordered for that.
 */
final class Export {
  /** Where the tape's axes n, h, w, c are in the file. */
  private static final int[] AXES = {0, 2, 3, 1};

  private final GraphOut out = new GraphOut();
  private final FunctionsOut functions = new FunctionsOut(out);
  private final Map<Var, Written> written = new HashMap<>();
  private final Map<Var, List<Node>> readers = new HashMap<>();

  /** Where a value of the tape is in the file, and in which order: as the tape has it, or not. */
  private record Written(String name, Live.Order order, int channels) {
    static Written plain(String name) {
      return new Written(name, Live.Order.WRITTEN, 0);
    }

    static Written image(String name) {
      return new Written(name, Live.Order.LAST, 0);
    }

    Written with(String other) {
      return new Written(other, order, channels);
    }

    boolean isImage() {
      return order == Live.Order.LAST;
    }
  }

  private Export() {}

  /** The bytes of a file; {@code row} is one input without batch axis, images [h, w, c]. */
  static byte[] of(Model model, Shape row) {
    try (Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Var x = tape.input("input", row.insert(0, 2));
      Var y = model.record(x, Mode.EVALUATION);
      return new Export().file(x, y);
    }
  }

  private byte[] file(Var x, Var y) {
    boolean image = x.shape().rank() == 4;
    String input = out.fresh("input");
    written.put(x, image ? Written.image(input) : Written.plain(input));
    List<Node> nodes = needed(y, x.tape());
    for (Node n : nodes) {
      n.in().forEach(v -> readers.computeIfAbsent(v, k -> new ArrayList<>()).add(n));
    }
    for (Node n : nodes) {
      if (!(n.op() instanceof Leaf)) {
        add(n);
      }
    }
    String result = y.shape().rank() == 4 ? image(y) : plain(y);
    if (result.equals(input)) {
      result = out.node("", "Identity", List.of(input));
    }
    Shape in = image ? permuted(x.shape()) : x.shape();
    return out.file(input, in, result, y.shape().rank() == 4 ? permuted(y.shape()) : y.shape());
  }

  private static Shape permuted(Shape s) {
    return Shape.of(s.dim(0), s.dim(3), s.dim(1), s.dim(2));
  }

  /** The nodes that a value hangs on. */
  private static List<Node> needed(Var y, Tape tape) {
    boolean[] wanted = new boolean[tape.nodes().size()];
    wanted[y.node().index()] = true;
    var all = new ArrayList<Node>();
    for (Node n : tape.nodes().reversed()) {
      if (wanted[n.index()]) {
        all.addFirst(n);
        n.in().forEach(v -> wanted[v.node().index()] = true);
      }
    }
    return all;
  }

  // ---- values

  private Written at(Var v) {
    Written w = written.get(v);
    if (w == null && v.node().op() instanceof Leaf) {
      Known.Real k = weight(v);
      return Written.plain(
          k.shape().rank() == 0 ? out.constant("", k) : out.weight(v.node().name(), k));
    }
    if (w == null) {
      throw refuse(v.node(), "output %d of %s".formatted(v.index(), v.node().op().name()));
    }
    return w;
  }

  private Known.Real weight(Var v) {
    if (!(v.node().op() instanceof Leaf)) {
      throw refuse(v.node(), "a weight that is computed");
    }
    return new Known.Real(v.shape(), v.value().toFloats());
  }

  /** In the order of the tape. */
  private String plain(Var v, Written w) {
    String layer = v.node().name();
    return switch (w.order()) {
      case WRITTEN -> w.name();
      case LAST ->
          out.node(layer, "Transpose", List.of(w.name()), with("perm", new int[] {0, 2, 3, 1}));
      case ROW -> throw new IllegalStateException("a row goes to a product: " + v);
    };
  }

  private String plain(Var v) {
    return plain(v, at(v));
  }

  /** [n, c, h, w]. */
  private String image(Var v) {
    Written w = at(v);
    return w.isImage()
        ? w.name()
        : out.node(
            v.node().name(), "Transpose", List.of(w.name()), with("perm", new int[] {0, 3, 1, 2}));
  }

  // ---- nodes

  private void add(Node n) {
    Written w = node(n);
    if (w != null) {
      written.put(n.out(), w);
    }
  }

  private @Nullable Written node(Node n) {
    return switch (n.op()) {
      case Linear _ -> linear(n);
      case Conv2d c -> conv(n, c.window());
      case MatMul m -> matMul(n, m);
      case BatchNorm b -> batchNorm(n, b);
      case LayerNorm l -> layerNorm(n, l);
      case MaxPool2d p ->
          Written.image(node(n, "MaxPool", image(n.in(0)), window(p.window(), p.kh(), p.kw())));
      case AvgPool2d p -> averagePool(n, p);
      case Sum s -> sum(n, s);
      case PerCount p -> mean(n, p);
      case Flatten _ -> flatten(n);
      case Reshape r -> {
        long[] dims = Arrays.stream(r.dims().toArray()).asLongStream().toArray();
        yield Written.plain(
            out.node(n.name(), "Reshape", List.of(plain(n.in(0)), out.wholes(n.name(), dims))));
      }
      case Permute p ->
          Written.plain(node(n, "Transpose", plain(n.in(0)), with("perm", p.axes().toArray())));
      case Concat c -> concat(n, c);
      case Slice s -> slice(n, s);
      case Pad p -> pad(n, p);
      case Softmax _ -> Written.plain(node(n, "Softmax", plain(n.in(0)), with("axis", -1)));
      case LogSoftmax _ -> Written.plain(node(n, "LogSoftmax", plain(n.in(0)), with("axis", -1)));
      case Add _ -> pair(n, "Add");
      case Sub _ -> pair(n, "Sub");
      case Mul _ -> pair(n, "Mul");
      case Div _ -> pair(n, "Div");
      case UnaryOp _ -> {
        Written x = at(n.in(0));
        yield x.with(functions.of(n, x.name()));
      }
      default -> throw refuse(n, n.op().name());
    };
  }

  private String node(Node n, String op, String x, GraphOut.Attribute... attributes) {
    return out.node(n.name(), op, List.of(x), attributes);
  }

  static IllegalArgumentException refuse(Node n, String what) {
    return new IllegalArgumentException(
        "layer \"%s\": %s has no counterpart in ONNX that is known here; leave that layer out"
            .formatted(n.name(), what));
  }

  private Written linear(Node n) {
    Var x = n.in(0);
    Written in = at(x);
    Known.Real w = weight(n.in(1));
    if (in.order() == Live.Order.ROW) {
      int pixels = w.shape().dim(0) / in.channels();
      Shape split = Shape.of(pixels, in.channels(), w.shape().dim(1));
      w = new Known.Real(split, w.values()).permuted(1, 0, 2).reshaped(w.shape());
    }
    var inputs = new ArrayList<String>(List.of(in.name()));
    inputs.add(out.weight(n.in(1).node().name(), w.permuted(1, 0)));
    if (n.in().size() > 2) {
      inputs.add(out.weight(n.in(2).node().name(), weight(n.in(2))));
    }
    return Written.plain(out.node(n.name(), "Gemm", inputs, with("transB", 1)));
  }

  private Written conv(Node n, Window g) {
    Known.Real w = weight(n.in(1));
    var inputs = new ArrayList<String>(List.of(image(n.in(0))));
    inputs.add(out.weight(n.in(1).node().name(), w.permuted(3, 2, 0, 1)));
    if (n.in().size() > 2) {
      inputs.add(out.weight(n.in(2).node().name(), weight(n.in(2))));
    }
    var all = new ArrayList<>(List.of(window(g, w.shape().dim(0), w.shape().dim(1))));
    all.add(with("dilations", new int[] {g.dilationH(), g.dilationW()}));
    all.add(with("group", g.groups()));
    return Written.image(
        out.node(n.name(), "Conv", inputs, all.toArray(GraphOut.Attribute[]::new)));
  }

  private static GraphOut.Attribute[] window(Window g, int kh, int kw) {
    return new GraphOut.Attribute[] {
      with("kernel_shape", new int[] {kh, kw}),
      with("strides", new int[] {g.strideH(), g.strideW()}),
      with("pads", new int[] {g.padH(), g.padW(), g.padH(), g.padW()})
    };
  }

  private Written averagePool(Node n, AvgPool2d p) {
    var all = new ArrayList<>(List.of(window(p.window(), p.kh(), p.kw())));
    all.add(with("count_include_pad", p.countPad() ? 1 : 0));
    return Written.image(
        node(n, "AveragePool", image(n.in(0)), all.toArray(GraphOut.Attribute[]::new)));
  }

  private Written matMul(Node n, MatMul m) {
    if (m.ta() || m.tb()) {
      throw refuse(n, "a product with a transposed operand");
    }
    return Written.plain(out.node(n.name(), "MatMul", List.of(plain(n.in(0)), plain(n.in(1)))));
  }

  private Written batchNorm(Node n, BatchNorm b) {
    boolean image = n.in(0).shape().rank() == 4;
    var inputs = new ArrayList<String>(List.of(image ? image(n.in(0)) : plain(n.in(0))));
    for (Var v : n.in().subList(1, 5)) {
      inputs.add(out.weight(v.node().name(), weight(v)));
    }
    String y = out.node(n.name(), "BatchNormalization", inputs, with("epsilon", b.epsilon()));
    return image ? Written.image(y) : Written.plain(y);
  }

  private Written layerNorm(Node n, LayerNorm l) {
    var inputs = new ArrayList<String>(List.of(plain(n.in(0))));
    for (Var v : n.in().subList(1, 3)) {
      inputs.add(out.weight(v.node().name(), weight(v)));
    }
    int axis = -n.in(1).shape().rank();
    return Written.plain(
        out.node(
            n.name(),
            "LayerNormalization",
            inputs,
            with("axis", axis),
            with("epsilon", l.epsilon())));
  }

  /** A sum that is only divided by its count afterwards is written as a mean, there. */
  private @Nullable Written sum(Node n, Sum s) {
    boolean mean = readers.getOrDefault(n.out(), List.of()).stream().allMatch(r -> isMean(r, n));
    if (mean) {
      return null;
    }
    String axes = out.wholes(n.name(), axes(s.from(), s.to()));
    return Written.plain(out.node(n.name(), "ReduceSum", List.of(plain(n.in(0)), axes)));
  }

  private static boolean isMean(Node reader, Node sum) {
    return reader.op() instanceof PerCount p
        && p.less() == 0
        && reader.in(0).equals(sum.out())
        && reader.in(1).equals(sum.in(0))
        && reader.in(2).equals(sum.out());
  }

  private static long[] axes(int from, int to) {
    long[] axes = new long[to - from];
    Arrays.setAll(axes, i -> from + i);
    return axes;
  }

  private Written mean(Node n, PerCount p) {
    Node of = n.in(0).node();
    if (!(of.op() instanceof Sum s) || !isMean(n, of)) {
      throw refuse(n, p.name());
    }
    Var x = of.in(0);
    if (at(x).isImage() && s.from() == 1 && s.to() == 3) {
      return Written.image(node(n, "GlobalAveragePool", image(x)));
    }
    int[] axes = Arrays.stream(axes(s.from(), s.to())).mapToInt(Math::toIntExact).toArray();
    if (out.opset() > 17) {
      throw refuse(n, "a mean beside a GELU by tanh");
    }
    return Written.plain(node(n, "ReduceMean", plain(x), with("axes", axes)));
  }

  /** As [n, c·h·w] if products follow, whose weights can be ordered so; else as [n, h·w·c]. */
  private Written flatten(Node n) {
    Var x = n.in(0);
    Written in = at(x);
    Shape s = x.shape();
    boolean sameRow = s.rank() == 4 && (s.dim(3) == 1 || s.dim(1) * s.dim(2) == 1);
    if (!in.isImage() || sameRow) {
      return Written.plain(node(n, "Flatten", in.name()));
    }
    if (goesToProducts(n.out())) {
      return new Written(node(n, "Flatten", in.name()), Live.Order.ROW, s.dim(3));
    }
    return Written.plain(node(n, "Flatten", plain(x, in)));
  }

  private boolean goesToProducts(Var v) {
    List<Node> all = readers.getOrDefault(v, List.of());
    return !all.isEmpty()
        && all.stream()
            .allMatch(r ->
                r.op() instanceof Linear || r.op() instanceof UnaryOp && goesToProducts(r.out()));
  }

  private Written concat(Node n, Concat c) {
    boolean image = n.in().stream().anyMatch(v -> at(v).isImage());
    List<String> parts = n.in().stream().map(v -> image ? image(v) : plain(v)).toList();
    String y = out.node(n.name(), "Concat", parts, with("axis", image ? AXES[c.axis()] : c.axis()));
    return image ? Written.image(y) : Written.plain(y);
  }

  private Written slice(Node n, Slice s) {
    Written x = at(n.in(0));
    int axis = x.isImage() ? AXES[s.axis()] : s.axis();
    long end = s.start() + (long) s.count() * s.step();
    List<String> inputs =
        List.of(
            x.name(),
            out.wholes(n.name(), s.start()),
            out.wholes(n.name(), end < 0 ? Long.MIN_VALUE + 1 : end),
            out.wholes(n.name(), axis),
            out.wholes(n.name(), s.step()));
    return x.with(out.node(n.name(), "Slice", inputs));
  }

  private Written pad(Node n, Pad p) {
    Written x = at(n.in(0));
    int rank = n.in(0).shape().rank();
    long[] pads = new long[2 * rank];
    int axis = x.isImage() ? AXES[p.axis()] : p.axis();
    pads[axis] = p.before();
    pads[rank + axis] = p.after();
    List<String> inputs =
        List.of(x.name(), out.wholes(n.name(), pads), out.number(n.name(), p.value()));
    return x.with(out.node(n.name(), "Pad", inputs));
  }

  private Written pair(Node n, String op) {
    Written a = at(n.in(0));
    Written b = at(n.in(1));
    boolean alike = a.order() == b.order() && n.in(0).shape().rank() == n.in(1).shape().rank();
    if (alike && a.channels() == b.channels()) {
      return a.with(out.node(n.name(), op, List.of(a.name(), b.name())));
    }
    return Written.plain(out.node(n.name(), op, List.of(plain(n.in(0), a), plain(n.in(1), b))));
  }
}
