package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parameters of an imported graph. They are made while it is recorded for the first time, when
 * the operators say in which order of axes they want them; later recordings find them.
 */
final class Weights {
  private final Map<Key, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Known.Real> values = new LinkedHashMap<>();
  private final Map<Parameter, Tensor> standIns = new HashMap<>();
  private final Memory shapes = new Memory("shapes of weights");
  private boolean complete;

  /** An array of the file and what it is used for. */
  private record Key(String array, Use use) {}

  /** The leaf for an array; until all parameters are known, it lends its shape alone. */
  Var on(Tape tape, String array, Use use, Supplier<Known.Real> ordered) {
    var key = new Key(array, use);
    if (complete) {
      Parameter p = parameters.get(key);
      if (p == null) {
        throw new IllegalArgumentException(
            "\"%s\" was no %s when the graph was read; its nodes change with the number of rows"
                .formatted(array, use.name()));
      }
      return tape.parameter(p.name(), p.value());
    }
    Parameter p = parameters.computeIfAbsent(key, k -> make(k, ordered.get()));
    return tape.parameter(
        p.name(), standIns.computeIfAbsent(p, q -> shapes.shaped(DType.FLOAT32, q.shape())));
  }

  private Parameter make(Key key, Known.Real ordered) {
    String name = key.array();
    while (values.containsKey(name)) {
      name += "'";
    }
    values.put(name, ordered);
    Shape s = ordered.shape();
    boolean fans = s.rank() > 1 && s.size() > 0;
    var init = fans || s.rank() < 2 ? key.use().init() : Use.BIAS.init();
    return key.use().trained()
        ? Parameter.trained(name, s, init)
        : Parameter.statistic(name, s, init);
  }

  /** No more are made; the values of those that there are, by their names in the layer. */
  Map<String, Known.Real> complete() {
    complete = true;
    standIns.clear();
    var all = new LinkedHashMap<>(values);
    values.clear();
    return all;
  }

  /** The same parameters anew, without values. */
  Weights anew() {
    var other = new Weights();
    parameters.forEach((key, p) -> other.parameters.put(key, anew(key, p)));
    other.complete = true;
    return other;
  }

  private static Parameter anew(Key key, Parameter p) {
    String name = p.name();
    return key.use().trained()
        ? Parameter.trained(name, p.shape(), key.use().init())
        : Parameter.statistic(name, p.shape(), key.use().init());
  }

  List<Parameter> parameters() {
    return List.copyOf(parameters.values());
  }
}
