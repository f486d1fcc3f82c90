package dev.vitrine.bench.gallery;

import com.samskivert.mustache.Mustache;
import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tape, one node for each press of a key: values on the way forward, gradients on the way back.
 */
final class TapePage {
  static final String FILE = "tape.html";
  static final String TITLE = "A tape, step by step";

  private TapePage() {}

  /** The neuron of the tour: y = relu(x·w + b), loss = (y − 1)². */
  static String ofNeuron(Device device) throws IOException {
    try (Tape tape = Tape.eager(device)) {
      Var x = tape.input("x", Tensor.of(Shape.of(1, 2), 1, 2));
      Var w = tape.parameter("w", Tensor.of(Shape.of(2, 1), 2, -0.5f));
      Var b = tape.parameter("b", Tensor.of(Shape.of(1), -0.5f));
      Var loss = x.linear(w, b).relu().shift(-1).square();
      return html(
          TITLE, "The neuron y = relu(x·w + b), and the loss (y − 1)².", loss, List.of(x, w, b));
    }
  }

  /** All nodes up to {@code y}, and those that its gradient towards {@code wrt} adds. */
  static String html(String title, String text, Var y, List<Var> wrt) throws IOException {
    Tape tape = y.tape();
    int forward = tape.nodes().size();
    Flow flow = tape.gradients(y, wrt);
    List<Map<String, Object>> all = tape.nodes().stream().map(n -> row(n, flow)).toList();
    var parts = List.of(all.subList(0, forward), all.subList(forward, all.size()));
    try (InputStream in = Objects.requireNonNull(TapePage.class.getResourceAsStream(FILE));
        Reader template = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      var page =
          Map.of(
              "title",
              title,
              "text",
              text,
              "parts",
              parts.stream().map(p -> Map.of("nodes", p)).toList());
      return Mustache.compiler().compile(template).execute(page);
    }
  }

  private static Map<String, Object> row(Node n, Flow flow) {
    Var gradient = flow.at(n.out());
    boolean leaf = n.op() instanceof Leaf;
    return Map.of(
        "index",
        n.index(),
        "op",
        leaf ? n.name() : n.op().name(),
        "from",
        inputs(n, i -> (n.op().reads(i) ? "" : "like ") + label(n.in(i))),
        "reads",
        inputs(n, i -> "" + n.in(i).node().index()).replace(",", ""),
        "value",
        numbers(n.out()),
        "gradient",
        gradient == null ? "" : numbers(gradient),
        "arrives",
        gradient == null ? "" : gradient.node().index(),
        "says",
        leaf ? n.name() + " is given: " + numbers(n.out()) : computed(n) + arrival(n, flow));
  }

  /** Scale[factor=2.0] of %5 = -0.5 gives -1.0 */
  private static String computed(Node n) {
    String from =
        inputs(
            n,
            i ->
                n.op().reads(i)
                    ? label(n.in(i)) + " = " + numbers(n.in(i))
                    : "the shape of " + label(n.in(i)));
    return "%s of %s gives %s"
        .formatted(n.op().toString().replace("[]", ""), from, numbers(n.out()));
  }

  /** Which gradient a node of the way back is, if it is one. */
  private static String arrival(Node n, Flow flow) {
    return n.tape().nodes().stream()
        .filter(v -> n.out().equals(flow.at(v.out())))
        .map(v -> ". That is the gradient towards " + label(v.out()))
        .collect(Collectors.joining());
  }

  private static String inputs(Node n, IntFunction<String> told) {
    return IntStream.range(0, n.in().size()).mapToObj(told).collect(Collectors.joining(", "));
  }

  private static String label(Var v) {
    Node n = v.node();
    return n.op() instanceof Leaf ? n.name() : "%" + n.index();
  }

  private static String numbers(Var v) {
    float[] all = v.value().toFloats();
    return all.length == 1 ? "" + all[0] : Arrays.toString(all);
  }
}
