package dev.vitrine.nn.onnx;

import static dev.vitrine.nn.onnx.GraphOut.with;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Concat;
import dev.vitrine.autodiff.op.DropAxis;
import dev.vitrine.autodiff.op.IndexSelect;
import dev.vitrine.autodiff.op.InsertAxis;
import dev.vitrine.autodiff.op.Pad;
import dev.vitrine.autodiff.op.Permute;
import dev.vitrine.autodiff.op.Reshape;
import dev.vitrine.autodiff.op.Slice;
import java.util.Arrays;
import java.util.List;

/** What moves, cuts, joins and pairs elements, in the operators of ONNX. */
final class MovesOut {
  /** Where the tape's axes n, h, w, c are in the file. */
  private static final int[] AXES = {0, 2, 3, 1};

  private final GraphOut out;
  private final ValuesOut values;

  MovesOut(GraphOut out, ValuesOut values) {
    this.out = out;
    this.values = values;
  }

  Written reshape(Node n, Reshape r) {
    long[] dims = Arrays.stream(r.dims().toArray()).asLongStream().toArray();
    return asTape(n, "Reshape", dims);
  }

  Written insertAxis(Node n, InsertAxis i) {
    return asTape(n, "Unsqueeze", i.axis());
  }

  Written dropAxis(Node n, DropAxis d) {
    return asTape(n, "Squeeze", d.axis());
  }

  Written permute(Node n, Permute p) {
    GraphOut.Attribute perm = with("perm", p.axes().toArray());
    return Written.plain(out.node(n.name(), "Transpose", List.of(values.plain(n.in(0))), perm));
  }

  /** An operator on a value as the tape has it, and some integers. */
  private Written asTape(Node n, String op, long... more) {
    String x = values.plain(n.in(0));
    return Written.plain(out.node(n.name(), op, List.of(x, out.wholes(n.name(), more))));
  }

  Written indexSelect(Node n, IndexSelect s) {
    Written x = values.at(n.in(0));
    Var index = n.in(1);
    if (!(index.node().op() instanceof Leaf)) {
      throw ValuesOut.refuse(n, "an index that is computed");
    }
    long[] at = Arrays.stream(index.value().toInts()).asLongStream().toArray();
    int axis = x.isImage() ? AXES[s.axis()] : s.axis();
    List<String> inputs = List.of(x.name(), out.wholes(n.name(), at));
    return x.with(out.node(n.name(), "Gather", inputs, with("axis", axis)));
  }

  Written concat(Node n, Concat c) {
    boolean image = n.in().stream().anyMatch(v -> values.at(v).isImage());
    List<String> parts =
        n.in().stream().map(v -> image ? values.image(v) : values.plain(v)).toList();
    String y = out.node(n.name(), "Concat", parts, with("axis", image ? AXES[c.axis()] : c.axis()));
    return image ? Written.image(y) : Written.plain(y);
  }

  Written slice(Node n, Slice s) {
    Written x = values.at(n.in(0));
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

  Written pad(Node n, Pad p) {
    Written x = values.at(n.in(0));
    int rank = n.in(0).shape().rank();
    long[] pads = new long[2 * rank];
    int axis = x.isImage() ? AXES[p.axis()] : p.axis();
    pads[axis] = p.before();
    pads[rank + axis] = p.after();
    List<String> inputs =
        List.of(x.name(), out.wholes(n.name(), pads), out.number(n.name(), p.value()));
    return x.with(out.node(n.name(), "Pad", inputs));
  }

  Written pair(Node n, String op) {
    Written a = values.at(n.in(0));
    Written b = values.at(n.in(1));
    boolean alike = a.order() == b.order() && n.in(0).shape().rank() == n.in(1).shape().rank();
    if (alike && a.channels() == b.channels()) {
      return a.with(out.node(n.name(), op, List.of(a.name(), b.name())));
    }
    return Written.plain(
        out.node(n.name(), op, List.of(values.plain(n.in(0), a), values.plain(n.in(1), b))));
  }
}
