package dev.vitrine.nn.onnx;

import static dev.vitrine.nn.onnx.GraphOut.with;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the values of a tape are in a file, and how one gets them in the order that one needs. */
final class ValuesOut {
  private final GraphOut out;
  private final Map<Var, Written> written = new HashMap<>();

  ValuesOut(GraphOut out) {
    this.out = out;
  }

  void put(Var v, Written where) {
    written.put(v, where);
  }

  /** Where a value is; a leaf is written when it is first asked for. */
  Written at(Var v) {
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

  /** The numbers of a parameter or constant, in the order of the tape. */
  Known.Real weight(Var v) {
    if (!(v.node().op() instanceof Leaf)) {
      throw refuse(v.node(), "a weight that is computed");
    }
    return new Known.Real(v.shape(), v.value().toFloats());
  }

  /** In the order of the tape. */
  String plain(Var v) {
    return plain(v, at(v));
  }

  /** In the order of the tape. */
  String plain(Var v, Written w) {
    String layer = v.node().name();
    return switch (w.order()) {
      case WRITTEN -> w.name();
      case LAST ->
          out.node(layer, "Transpose", List.of(w.name()), with("perm", new int[] {0, 2, 3, 1}));
      case ROW -> throw new IllegalStateException("a row goes to a product: " + v);
    };
  }

  /** [n, c, h, w]. */
  String image(Var v) {
    Written w = at(v);
    return w.isImage()
        ? w.name()
        : out.node(
            v.node().name(), "Transpose", List.of(w.name()), with("perm", new int[] {0, 3, 1, 2}));
  }

  /** The name of a weight, written as the tape has it. */
  String named(Var v) {
    return out.weight(v.node().name(), weight(v));
  }

  static IllegalArgumentException refuse(Node n, String what) {
    return new IllegalArgumentException(
        "layer \"%s\": %s has no counterpart in ONNX that is known here; leave that layer out"
            .formatted(n.name(), what));
  }
}
