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
import dev.vitrine.autodiff.op.DropAxis;
import dev.vitrine.autodiff.op.Flatten;
import dev.vitrine.autodiff.op.IndexSelect;
import dev.vitrine.autodiff.op.InsertAxis;
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
  private final GraphOut out = new GraphOut();
  private final ValuesOut values = new ValuesOut(out);
  private final LayersOut layers = new LayersOut(out, values);
  private final MovesOut moves = new MovesOut(out, values);
  private final FunctionsOut functions = new FunctionsOut(out);
  private final Map<Var, List<Node>> readers = new HashMap<>();

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
    values.put(x, image ? Written.image(input) : Written.plain(input));
    List<Node> nodes = needed(y, x.tape());
    for (Node n : nodes) {
      n.in().forEach(v -> readers.computeIfAbsent(v, k -> new ArrayList<>()).add(n));
    }
    for (Node n : nodes) {
      if (!(n.op() instanceof Leaf)) {
        add(n);
      }
    }
    String result = y.shape().rank() == 4 ? values.image(y) : values.plain(y);
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
        all.add(n);
        n.in().forEach(v -> wanted[v.node().index()] = true);
      }
    }
    return all.reversed();
  }

  private void add(Node n) {
    Written w = node(n);
    if (w != null) {
      values.put(n.out(), w);
    }
  }

  private @Nullable Written node(Node n) {
    return switch (n.op()) {
      case Linear _ -> layers.linear(n);
      case Conv2d c -> layers.conv(n, c.window());
      case MatMul m -> layers.matMul(n, m);
      case BatchNorm b -> layers.batchNorm(n, b);
      case LayerNorm l -> layers.layerNorm(n, l);
      case MaxPool2d p -> layers.maxPool(n, p);
      case AvgPool2d p -> layers.averagePool(n, p);
      case Sum s -> sum(n, s);
      case PerCount p -> mean(n, p);
      case Flatten _ -> flatten(n);
      case Reshape r -> moves.reshape(n, r);
      case InsertAxis i -> moves.insertAxis(n, i);
      case DropAxis d -> moves.dropAxis(n, d);
      case Permute p -> moves.permute(n, p);
      case IndexSelect s -> moves.indexSelect(n, s);
      case Concat c -> moves.concat(n, c);
      case Slice s -> moves.slice(n, s);
      case Pad p -> moves.pad(n, p);
      case Softmax _ -> Written.plain(node(n, "Softmax", values.plain(n.in(0)), with("axis", -1)));
      case LogSoftmax _ ->
          Written.plain(node(n, "LogSoftmax", values.plain(n.in(0)), with("axis", -1)));
      case Add _ -> moves.pair(n, "Add");
      case Sub _ -> moves.pair(n, "Sub");
      case Mul _ -> moves.pair(n, "Mul");
      case Div _ -> moves.pair(n, "Div");
      case UnaryOp _ -> {
        Written x = values.at(n.in(0));
        yield x.with(functions.of(n, x.name()));
      }
      default -> throw ValuesOut.refuse(n, n.op().name());
    };
  }

  private String node(Node n, String op, String x, GraphOut.Attribute... attributes) {
    return out.node(n.name(), op, List.of(x), attributes);
  }

  /** A sum that is only divided by its count afterwards is written as a mean, there. */
  private @Nullable Written sum(Node n, Sum s) {
    boolean mean = readers.getOrDefault(n.out(), List.of()).stream().allMatch(r -> isMean(r, n));
    if (mean) {
      return null;
    }
    String axes = out.wholes(n.name(), axes(s.from(), s.to()));
    return Written.plain(out.node(n.name(), "ReduceSum", List.of(values.plain(n.in(0)), axes)));
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
      throw ValuesOut.refuse(n, p.name());
    }
    Var x = of.in(0);
    if (values.at(x).isImage() && s.from() == 1 && s.to() == 3) {
      return Written.image(node(n, "GlobalAveragePool", values.image(x)));
    }
    int[] axes = Arrays.stream(axes(s.from(), s.to())).mapToInt(Math::toIntExact).toArray();
    if (out.opset() > 17) {
      throw ValuesOut.refuse(n, "a mean beside a GELU by tanh");
    }
    return Written.plain(node(n, "ReduceMean", values.plain(x), with("axes", axes)));
  }

  /** As [n, c·h·w] if products follow, whose weights can be ordered so; else as [n, h·w·c]. */
  private Written flatten(Node n) {
    Var x = n.in(0);
    Written in = values.at(x);
    Shape s = x.shape();
    boolean sameRow = s.rank() == 4 && (s.dim(3) == 1 || s.dim(1) * s.dim(2) == 1);
    if (!in.isImage() || sameRow) {
      return Written.plain(node(n, "Flatten", in.name()));
    }
    if (goesToProducts(n.out())) {
      return new Written(node(n, "Flatten", in.name()), Live.Order.ROW, s.dim(3));
    }
    return Written.plain(node(n, "Flatten", values.plain(x, in)));
  }

  private boolean goesToProducts(Var v) {
    List<Node> all = readers.getOrDefault(v, List.of());
    return !all.isEmpty()
        && all.stream()
            .allMatch(r ->
                r.op() instanceof Linear || r.op() instanceof UnaryOp && goesToProducts(r.out()));
  }
}
