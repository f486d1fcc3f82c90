package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes in an order in which they can be computed, and the arrays that they need.
 *
 * @param nodes each reads what stands before it
 * @param initializers weights and other arrays by name
 * @param input the only one that is no initializer
 * @param output the only one
 */
record Graph(
    List<GraphNode> nodes, Map<String, Known> initializers, ValueInfo input, String output) {

  static Graph read(Wire w) throws FormatException {
    var nodes = new ArrayList<GraphNode>();
    var initializers = new LinkedHashMap<String, Known>();
    var inputs = new ArrayList<ValueInfo>();
    var outputs = new ArrayList<ValueInfo>();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> nodes.add(GraphNode.read(w.message()));
        case 5 -> {
          Literal l = Literal.read(w.message(), "initializer");
          if (initializers.put(l.name(), l.value()) != null) {
            throw w.error("two initializers are called \"%s\"".formatted(l.name()));
          }
        }
        case 11 -> inputs.add(ValueInfo.read(w.message()));
        case 12 -> outputs.add(ValueInfo.read(w.message()));
        case 15 ->
            throw w.error("it holds sparse initializers, dense ones are needed; convert them");
        default -> {}
      }
    }
    List<ValueInfo> fed = inputs.stream().filter(i -> !initializers.containsKey(i.name())).toList();
    if (fed.size() != 1 || outputs.size() != 1) {
      throw w.error(
          "its graph has inputs %s and outputs %s, one of each is needed; cut it or export a part of it"
              .formatted(names(fed), names(outputs)));
    }
    ValueInfo input = fed.getFirst();
    input.refuseOther(w);
    var graph = new Graph(List.copyOf(nodes), initializers, input, outputs.getFirst().name());
    graph.refuseGaps(w);
    return graph;
  }

  private static List<String> names(List<ValueInfo> values) {
    return values.stream().map(ValueInfo::name).toList();
  }

  /** Every name is given once, before it is read. */
  private void refuseGaps(Wire w) throws FormatException {
    Set<String> given = new HashSet<>(initializers.keySet());
    given.add(input.name());
    for (GraphNode n : nodes) {
      for (String in : n.inputs()) {
        if (!in.isEmpty() && !given.contains(in)) {
          throw w.error("%s reads \"%s\", which nothing before it gives".formatted(n, in));
        }
      }
      for (String out : n.outputs()) {
        if (!out.isEmpty() && !given.add(out)) {
          throw w.error("%s gives \"%s\", which is there already".formatted(n, out));
        }
      }
    }
    if (!given.contains(output)) {
      throw w.error("no node gives its output \"%s\"".formatted(output));
    }
  }
}
