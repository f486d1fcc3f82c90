package dev.vitrine.nn.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes that mean one operator: GELU as x·½·(1 + erf(x/√2)), SiLU as x·sigmoid(x), and a
 * product with a row added. Rules of explainers belong to the whole.
 */
final class Patterns {
  /** What stands for both nodes; ONNX has no operator of this name. */
  static final String SILU = "x·Sigmoid(x)";

  private static final float ROOT_2 = 1.4142135f;
  private static final float NEAR = 1e-4f;

  private final Map<String, Known> constants;
  private final String output;
  private final Map<String, GraphNode> giver = new HashMap<>();
  private final Map<String, List<GraphNode>> readers = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Map<String, GraphNode> instead = new HashMap<>();

  private Patterns(List<GraphNode> nodes, Map<String, Known> constants, String output) {
    this.constants = constants;
    this.output = output;
    for (GraphNode n : nodes) {
      giver.put(n.output(), n);
      n.inputs().forEach(in -> readers.computeIfAbsent(in, k -> new ArrayList<>()).add(n));
    }
  }

  /** The nodes with each pattern replaced by one of them; {@code output} is read from outside. */
  static List<GraphNode> joined(
      List<GraphNode> nodes, Map<String, Known> constants, String output) {
    var p = new Patterns(nodes, constants, output);
    nodes.forEach(p::find);
    return nodes.stream()
        .filter(n -> !p.gone.contains(n.output()))
        .map(n -> p.instead.getOrDefault(n.output(), n))
        .toList();
  }

  private void find(GraphNode n) {
    if (n.inputs().isEmpty()) {
      return;
    }
    switch (n.op()) {
      case "Erf" -> gelu(n);
      case "Sigmoid" -> silu(n);
      case "MatMul" -> row(n);
      default -> {}
    }
  }

  private void gelu(GraphNode erf) {
    GraphNode half = giver.get(erf.inputs().getFirst());
    String x = half == null ? null : factor(half);
    GraphNode plus = onlyReader(erf);
    if (half == null || x == null || !isOnlyReader(erf, half) || plus == null) {
      return;
    }
    GraphNode product = onlyReader(plus);
    if (!"Add".equals(plus.op()) || !isNumber(other(plus, erf.output()), 1) || product == null) {
      return;
    }
    String factor = other(product, plus.output());
    if (!"Mul".equals(product.op()) || factor == null) {
      return;
    }
    GraphNode last = onlyReader(product);
    GraphNode before = giver.get(factor);
    if (factor.equals(x) && last != null && isHalf(last, product.output())) {
      replace(last, "Gelu", List.of(x), half, erf, plus, product);
    } else if (before != null && isHalf(before, x) && isOnlyReader(product, before)) {
      replace(product, "Gelu", List.of(x), half, erf, plus, before);
    }
  }

  /** What is divided by √2, or multiplied by its reciprocal; null = neither. */
  private @Nullable String factor(GraphNode n) {
    boolean two = n.inputs().size() == 2;
    if (two && n.op().equals("Div") && isNumber(n.inputs().get(1), ROOT_2)) {
      return n.inputs().getFirst();
    }
    for (int i = 0; two && i < 2; i++) {
      if (n.op().equals("Mul") && isNumber(n.inputs().get(i), 1 / ROOT_2)) {
        return n.inputs().get(1 - i);
      }
    }
    return null;
  }

  private boolean isHalf(GraphNode n, String of) {
    return n.op().equals("Mul") && isNumber(other(n, of), 0.5f);
  }

  private void silu(GraphNode sigmoid) {
    String x = sigmoid.inputs().getFirst();
    GraphNode product = onlyReader(sigmoid);
    if (product != null
        && product.op().equals("Mul")
        && x.equals(other(product, sigmoid.output()))) {
      replace(product, SILU, List.of(x), sigmoid);
    }
  }

  /** MatMul(x, w) + b, where w is a known matrix and b a known row as long as its columns. */
  private void row(GraphNode product) {
    GraphNode plus = onlyReader(product);
    if (plus == null || !plus.op().equals("Add") || product.inputs().size() != 2) {
      return;
    }
    Known w = constants.get(product.inputs().get(1));
    String bias = other(plus, product.output());
    Known b = bias == null ? null : constants.get(bias);
    boolean row =
        w != null
            && b != null
            && w.shape().rank() == 2
            && b.shape().rank() == 1
            && b.shape().dim(0) == w.shape().dim(1);
    if (row && bias != null) {
      replace(
          plus,
          product,
          "MatMul",
          List.of(product.inputs().get(0), product.inputs().get(1), bias),
          product);
    }
  }

  /** The one node that reads what {@code n} gives, once; null = there is none or several. */
  private @Nullable GraphNode onlyReader(GraphNode n) {
    List<GraphNode> all = readers.getOrDefault(n.output(), List.of());
    boolean inner = n.outputs().size() == 1 && !n.output().equals(output);
    return inner && all.size() == 1 ? all.getFirst() : null;
  }

  private boolean isOnlyReader(GraphNode reader, GraphNode of) {
    GraphNode only = onlyReader(of);
    return only != null && only.output().equals(reader.output());
  }

  /** The other of two inputs; null = there are not two, or neither is that one. */
  private static @Nullable String other(GraphNode n, String one) {
    if (n.inputs().size() != 2 || !n.inputs().contains(one)) {
      return null;
    }
    return n.inputs().get(n.inputs().get(0).equals(one) ? 1 : 0);
  }

  private boolean isNumber(@Nullable String name, float value) {
    return name != null
        && constants.get(name) instanceof Known.Real r
        && r.values().length == 1
        && Math.abs(r.values()[0] - value) < NEAR;
  }

  private void replace(GraphNode last, String op, List<String> inputs, GraphNode... inner) {
    replace(last, last, op, inputs, inner);
  }

  /** {@code named} lends its name, so that a layer keeps the one of its product. */
  private void replace(
      GraphNode last, GraphNode named, String op, List<String> inputs, GraphNode... inner) {
    var whole = new GraphNode(named.name(), op, "", inputs, last.outputs(), Map.of());
    instead.put(last.output(), whole);
    List.of(inner).forEach(n -> gone.add(n.output()));
  }
}
