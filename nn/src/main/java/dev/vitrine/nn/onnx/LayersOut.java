package dev.vitrine.nn.onnx;

import static dev.vitrine.nn.onnx.GraphOut.with;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.LayerNorm;
import dev.vitrine.autodiff.op.MatMul;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;
import java.util.ArrayList;
import java.util.List;

/** Products, norms and pools in the operators of ONNX, their weights in the order of PyTorch. */
final class LayersOut {
  private final GraphOut out;
  private final ValuesOut values;

  LayersOut(GraphOut out, ValuesOut values) {
    this.out = out;
    this.values = values;
  }

  Written linear(Node n) {
    Var x = n.in(0);
    Written in = values.at(x);
    Known.Real w = values.weight(n.in(1));
    if (in.order() == Live.Order.ROW) {
      int pixels = w.shape().dim(0) / in.channels();
      Shape split = Shape.of(pixels, in.channels(), w.shape().dim(1));
      w = new Known.Real(split, w.values()).permuted(1, 0, 2).reshaped(w.shape());
    }
    var inputs = new ArrayList<String>(List.of(in.name()));
    inputs.add(out.weight(n.in(1).node().name(), w.permuted(1, 0)));
    if (n.in().size() > 2) {
      inputs.add(values.named(n.in(2)));
    }
    return Written.plain(out.node(n.name(), "Gemm", inputs, with("transB", 1)));
  }

  Written conv(Node n, Window g) {
    Known.Real w = values.weight(n.in(1));
    var inputs = new ArrayList<String>(List.of(values.image(n.in(0))));
    inputs.add(out.weight(n.in(1).node().name(), w.permuted(3, 2, 0, 1)));
    if (n.in().size() > 2) {
      inputs.add(values.named(n.in(2)));
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

  Written averagePool(Node n, AvgPool2d p) {
    var all = new ArrayList<>(List.of(window(p.window(), p.kh(), p.kw())));
    all.add(with("count_include_pad", p.countPad() ? 1 : 0));
    return Written.image(
        node(n, "AveragePool", values.image(n.in(0)), all.toArray(GraphOut.Attribute[]::new)));
  }

  Written matMul(Node n, MatMul m) {
    if (m.ta() || m.tb()) {
      throw ValuesOut.refuse(n, "a product with a transposed operand");
    }
    return Written.plain(
        out.node(n.name(), "MatMul", List.of(values.plain(n.in(0)), values.plain(n.in(1)))));
  }

  Written batchNorm(Node n, BatchNorm b) {
    Var x = n.in(0);
    int rank = x.shape().rank();
    String in = rank == 4 ? values.image(x) : values.plain(x);
    var inputs = new ArrayList<String>(List.of(rank == 3 ? swapped(n, in) : in));
    for (Var v : n.in().subList(1, 5)) {
      inputs.add(values.named(v));
    }
    String y = out.node(n.name(), "BatchNormalization", inputs, with("epsilon", b.epsilon()));
    return rank == 4 ? Written.image(y) : Written.plain(rank == 3 ? swapped(n, y) : y);
  }

  /** [n, c, l] from [n, l, c], and back. */
  private String swapped(Node n, String x) {
    return node(n, "Transpose", x, with("perm", new int[] {0, 2, 1}));
  }

  Written layerNorm(Node n, LayerNorm l) {
    var inputs = new ArrayList<String>(List.of(values.plain(n.in(0))));
    for (Var v : n.in().subList(1, 3)) {
      inputs.add(values.named(v));
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

  Written maxPool(Node n, MaxPool2d p) {
    return Written.image(
        node(n, "MaxPool", values.image(n.in(0)), window(p.window(), p.kh(), p.kw())));
  }

  private String node(Node n, String op, String x, GraphOut.Attribute... attributes) {
    return out.node(n.name(), op, List.of(x), attributes);
  }
}
