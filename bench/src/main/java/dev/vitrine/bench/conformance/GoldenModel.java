package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.BatchNormTrain;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The model of a case: read and checked as a whole, then recorded node by node under the nodes'
 * names.
 */
final class GoldenModel {
  static final String INPUT = "input";

  private final List<Part> parts;
  private final String output;

  /** A parameter in the engine's layout. */
  private record Held(Tensor value, Layout layout) {}

  private record Part(
      String name, List<String> in, Map<String, Held> parameters, ModelOps.Step step) {}

  /** A parameter on a tape. */
  record Parameter(Var value, Layout layout) {}

  /** A batch norm in training: its node's first output, and the statistics before the batch. */
  record Norm(String name, Var y, Var mean, Var variance) {}

  /**
   * A model on a tape.
   *
   * @param values by node name, {@code input} among them
   * @param parameters by {@code node.parameter}
   * @param norms batch norms that see the statistics of the batch
   */
  record Recording(
      Var output, Map<String, Var> values, Map<String, Parameter> parameters, List<Norm> norms) {

    /** What gradients are taken towards: running statistics too, though nobody asks for those. */
    List<Var> leaves() {
      return parameters.values().stream().map(Parameter::value).toList();
    }
  }

  private GoldenModel(List<Part> parts, String output) {
    this.parts = parts;
    this.output = output;
  }

  /**
   * Reads the model of a case with its parameters; {@code training}: batch norms see batch
   * statistics.
   */
  static GoldenModel read(GoldenCase golden, Memory memory, boolean training) throws IOException {
    Json model = golden.json().object("model");
    Path folder = golden.folder().resolve(model.text("dir"));
    var parts = new ArrayList<Part>();
    Set<String> known = new HashSet<>(Set.of(INPUT));
    for (Json node : model.list("nodes")) {
      Part part = part(node, folder, memory, training);
      refuseUnknown(part.in(), known, model);
      known.add(part.name());
      parts.add(part);
    }
    String output = model.text("output");
    refuseUnknown(List.of(output), known, model);
    return new GoldenModel(parts, output);
  }

  private static void refuseUnknown(List<String> names, Set<String> known, Json model)
      throws FormatException {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new FormatException(
            model.file().toString(), "no node \"" + name + "\" stands before its use");
      }
    }
  }

  private static Part part(Json node, Path folder, Memory memory, boolean training)
      throws IOException {
    String name = node.text("name");
    String op = node.text("op");
    var step = ModelOps.of(name, op, node.objectOrEmpty("attrs"), training);
    var parameters = new LinkedHashMap<String, Held>();
    Json files = node.objectOrEmpty("params");
    for (String p : files.keys()) {
      Layout layout = Layout.ofParameter(op, p);
      Numbers values = layout.toEngine(Numbers.read(folder.resolve(files.text(p)), false));
      parameters.put(p, new Held(values.tensor(memory), layout));
    }
    return new Part(name, node.texts("in"), parameters, step);
  }

  /** Records the model on the tape of {@code x}. */
  Recording record(Var x) {
    var values = new LinkedHashMap<String, Var>();
    var parameters = new LinkedHashMap<String, Parameter>();
    var norms = new ArrayList<Norm>();
    values.put(INPUT, x);
    for (Part part : parts) {
      var own = new LinkedHashMap<String, Var>();
      part.parameters()
          .forEach((p, held) -> {
            String name = part.name() + "." + p;
            Var v = x.tape().parameter(name, held.value());
            own.put(p, v);
            parameters.put(name, new Parameter(v, held.layout()));
          });
      List<Var> in = part.in().stream().map(values::get).toList();
      Var y = x.tape().scope(part.name(), () -> part.step().record(in, own));
      values.put(part.name(), y);
      if (y.node().op() instanceof BatchNormTrain) {
        Var mean = ModelOps.need(own, "running_mean");
        norms.add(new Norm(part.name(), y, mean, ModelOps.need(own, "running_var")));
      }
    }
    return new Recording(values.getOrDefault(output, x), values, parameters, norms);
  }
}
