package dev.vitrine.nn;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.layer.Sequential;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A layer with values: owns the memory of all parameters and gives them their names. */
public final class Model implements AutoCloseable {
  private final Layer layer;
  private final Memory memory = new Memory("model");
  private final List<Parameter> parameters = new ArrayList<>();

  /** Places the layer's parameters and draws them with seed 0. */
  public Model(Layer layer) {
    this.layer = layer;
    place("", layer);
    init(0);
  }

  /** A stack of layers, each fed with what the one before it gives. */
  public static Model sequential(Layer... layers) {
    return new Model(new Sequential(List.of(layers)));
  }

  private void place(String path, Layer l) {
    for (Parameter p : l.parameters()) {
      p.place(path, memory);
      parameters.add(p);
    }
    List<String> names = Names.of(l.children());
    for (int i = 0; i < names.size(); i++) {
      place(path.isEmpty() ? names.get(i) : path + "." + names.get(i), l.children().get(i));
    }
  }

  /** Draws all parameters anew; the same seed gives the same values on every machine. */
  public Model init(long seed) {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.get(i).draw(seed, i);
    }
    return this;
  }

  public Layer layer() {
    return layer;
  }

  /** All parameters, in the order of the layers. */
  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** Values by name, in the order of the layers. */
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    parameters.forEach(p -> state.put(p.name(), p.value()));
    return state;
  }

  /**
   * Overwrites all values; refuses missing, unknown or differently shaped ones before it changes
   * any.
   */
  public void load(Map<String, Tensor> state) {
    for (Parameter p : parameters) {
      Tensor t = state.get(p.name());
      if (t == null) {
        throw new IllegalArgumentException(
            "the file has no \""
                + p.name()
                + "\", which this model needs; it has "
                + state.keySet());
      }
      if (!t.shape().equals(p.shape())) {
        throw new IllegalArgumentException(
            "\"%s\" has shape %s in the file, the model needs %s"
                .formatted(p.name(), t.shape(), p.shape()));
      }
      if (t.dtype() != DType.FLOAT32) {
        throw new IllegalArgumentException(
            "\"%s\" holds %s numbers in the file, the model needs FLOAT32"
                .formatted(p.name(), t.dtype()));
      }
    }
    for (String name : state.keySet()) {
      if (parameters.stream().noneMatch(p -> p.name().equals(name))) {
        throw new IllegalArgumentException(
            "the file has \"" + name + "\", which this model does not know: " + parameters);
      }
    }
    parameters.forEach(p -> p.value().set(Objects.requireNonNull(state.get(p.name()))));
  }

  /** Number of values that training changes. */
  public long size() {
    return parameters.stream().filter(Parameter::isTrained).mapToLong(p -> p.shape().size()).sum();
  }

  /** SHA-256 of names, shapes and values. */
  public String hash() {
    return TensorHash.of(state());
  }

  /** Records the model on the tape of {@code x}. */
  public Var record(Var x, Mode mode) {
    return layer.forward(x, mode);
  }

  /** The specification of its layers. */
  @Override
  public String toString() {
    return layer.toString();
  }

  @Override
  public void close() {
    memory.close();
  }
}
