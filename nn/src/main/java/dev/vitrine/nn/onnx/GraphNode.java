package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation: which operator, on what, under which names its results are known.
 *
 * @param inputs names; an empty one is an input that is left out
 */
record GraphNode(
    String name,
    String op,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, Attribute> attributes) {

  static GraphNode read(Wire w) throws FormatException {
    String name = "";
    String op = "";
    String domain = "";
    var inputs = new ArrayList<String>();
    var outputs = new ArrayList<String>();
    var attributes = new LinkedHashMap<String, Attribute>();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> inputs.add(w.text());
        case 2 -> outputs.add(w.text());
        case 3 -> name = w.text();
        case 4 -> op = w.text();
        case 5 -> {
          Attribute a = Attribute.read(w.message());
          attributes.put(a.name(), a);
        }
        case 7 -> domain = w.text();
        default -> {}
      }
    }
    return new GraphNode(name, op, domain, List.copyOf(inputs), List.copyOf(outputs), attributes);
  }

  static boolean isStandard(String domain) {
    return domain.isEmpty() || domain.equals("ai.onnx");
  }

  /** The same inputs and outputs under another operator without attributes. */
  GraphNode as(String otherOp, List<String> otherInputs) {
    return new GraphNode(name, otherOp, "", otherInputs, outputs, Map.of());
  }

  /** The first result. */
  String output() {
    return outputs.isEmpty() ? "" : outputs.getFirst();
  }

  /**
   * The name in the way layers are named, dots between the parts; the operator where there is none.
   */
  String layer() {
    String path = name.isEmpty() ? op : name;
    return (path.startsWith("/") ? path.substring(1) : path).replace('/', '.');
  }

  @Override
  public String toString() {
    String kind = isStandard(domain) ? op : op + " of domain \"" + domain + "\"";
    return kind + " \"" + (name.isEmpty() ? output() : name) + "\"";
  }
}
