package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a file to a model: what is constant is computed, patterns are joined, and the graph is
 * recorded for two numbers of rows, so that whatever does not work is known before the model is.
 */
final class Import {
  /** Rows of the trial where the file leaves the number open, and how many more come then. */
  private static final int ROWS = 3;

  private static final int MORE = 2;

  /** Folded arrays may have this many numbers, or four for each that the file holds. */
  private static final long SMALL = 1 << 20;

  private final OnnxFile file;
  private final Weights weights = new Weights();
  private final long room;

  private Import(OnnxFile file) {
    this.file = file;
    long held =
        file.graph().initializers().values().stream().mapToLong(k -> k.shape().size()).sum();
    this.room = Math.max(SMALL, 4 * held);
  }

  static Model model(OnnxFile file) throws FormatException {
    for (GraphNode n : file.graph().nodes()) {
      if (!Operators.knows(n)) {
        throw new FormatException(
            file.file(),
            "operator %s of opset %d is unknown; known are %s"
                .formatted(n, file.opset(), Operators.names()));
      }
    }
    try {
      return new Import(file).model();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException(file.file(), String.valueOf(e.getMessage()), e);
    }
  }

  private Model model() {
    try (Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Map<String, Known> constants = new HashMap<>(file.graph().initializers());
      List<GraphNode> nodes = needed(folded(constants, tape));
      refuseSecondOutputs(nodes);
      if (nodes.isEmpty()) {
        throw new IllegalArgumentException("its graph has no node that depends on its input");
      }
      nodes = Patterns.joined(nodes, constants, file.graph().output());
      Map<String, Known> kept = new LinkedHashMap<>();
      nodes.forEach(n -> n.inputs().forEach(in -> keep(kept, in, constants.get(in))));
      var graph = new OnnxGraph(file, nodes, kept, weights, room);
      Set<String> read = check(graph, tape);
      // what is a parameter now need not be held twice; its shape is still asked for
      kept.replaceAll((name, k) -> read.contains(name) ? k : withoutNumbers(k));
      return filled(new Model(graph), weights.complete());
    }
  }

  private static void keep(Map<String, Known> kept, String name, @Nullable Known k) {
    if (k != null) {
      kept.put(name, k);
    }
  }

  private static Known withoutNumbers(Known k) {
    return k instanceof Known.Real r ? new Known.Real(r.shape(), new float[0]) : k;
  }

  /** Nodes that hang on constants alone are computed; the others are left. */
  private List<GraphNode> folded(Map<String, Known> constants, Tape tape) {
    var r =
        new Recorder(
            file.opset(),
            file.graph().input().batch(),
            tape,
            weights,
            file.graph().initializers().keySet(),
            constants,
            room);
    var left = new ArrayList<GraphNode>();
    for (GraphNode n : file.graph().nodes()) {
      boolean constant = n.inputs().stream().allMatch(in -> in.isEmpty() || r.isKnown(in));
      if (!constant || !Fold.knows(n.op())) {
        left.add(n);
        continue;
      }
      Known k = r.fold(n);
      r.put(n.output(), k);
      constants.put(n.output(), k);
    }
    return left;
  }

  /** Those that the output hangs on. */
  private List<GraphNode> needed(List<GraphNode> nodes) {
    Set<String> wanted = new HashSet<>(Set.of(file.graph().output()));
    var all = new ArrayList<GraphNode>();
    for (GraphNode n : nodes.reversed()) {
      if (n.outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(n.inputs());
        all.add(n);
      }
    }
    return all.reversed();
  }

  private static void refuseSecondOutputs(List<GraphNode> nodes) {
    Set<String> read = new HashSet<>();
    nodes.forEach(n -> read.addAll(n.inputs()));
    for (GraphNode n : nodes) {
      for (String out : n.outputs().subList(Math.min(1, n.outputs().size()), n.outputs().size())) {
        if (!out.isEmpty() && read.contains(out)) {
          throw new IllegalArgumentException(
              "%s: its output \"%s\" is read, only the first one is computed".formatted(n, out));
        }
      }
    }
  }

  /** Records it for some rows and for more; what is read besides weights. */
  private Set<String> check(OnnxGraph graph, Tape tape) {
    int written = file.graph().input().batch();
    int n = written > 0 ? written : ROWS;
    Shape row = graph.row();
    Var x = tape.input("x", row.insert(0, n));
    Recorder r = graph.recorder(x);
    Var y = graph.run(r, x).v();
    refuseNoRows(y.shape(), n);
    try {
      Var more = tape.input("x", row.insert(0, n + MORE));
      Shape direct = graph.run(graph.recorder(more), more).v().shape();
      Shape replayed = tape.substitute(Map.of(x, more), y).of(y).shape();
      refuseNoRows(replayed, n + MORE);
      if (!replayed.equals(direct)) {
        throw new IllegalArgumentException("outputs are %s or %s".formatted(direct, replayed));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the graph works for %d rows only, not for %d (%s); export it with a dynamic batch axis"
              .formatted(n, n + MORE, e.getMessage()),
          e);
    }
    return r.read();
  }

  private static void refuseNoRows(Shape y, int n) {
    if (y.rank() < 1 || y.dim(0) != n) {
      throw new IllegalArgumentException(
          "its output has shape %s for %d rows; an output for each row is needed".formatted(y, n));
    }
  }

  private static Model filled(Model model, Map<String, Known.Real> values) {
    for (Parameter p : model.parameters()) {
      p.value().set(Objects.requireNonNull(values.get(p.name())).values());
    }
    return model;
  }
}
