package dev.vitrine.nn;

import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.onnx.OnnxGraph;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model in a safetensors file: values, and in the metadata the specification that rebuilds its
 * layers.
 */
public final class ModelFile {
  private static final String SPECIFICATION = "vitrine.model";

  private static final double FEW = 1 << 20;

  private ModelFile() {}

  /**
   * Writes the file whole or not at all; {@code about} is added to its metadata. Refuses what has
   * no specification.
   */
  public static void write(Path file, Model model, Map<String, String> about) throws IOException {
    if (model.layer() instanceof OnnxGraph) {
      throw new IllegalArgumentException(
          "%s has no specification that could be saved; Onnx.write saves its graph and its weights"
              .formatted(model));
    }
    Map<String, String> metadata = new LinkedHashMap<>(about);
    metadata.put(SPECIFICATION, model.toString());
    Safetensors.write(file, model.state(), metadata);
  }

  /** Rebuilds the model. */
  public static Model read(Path file) throws IOException {
    try (Memory memory = new Memory(file.toString())) {
      Safetensors saved = Safetensors.read(file, memory);
      String text = saved.metadata().get(SPECIFICATION);
      if (text == null) {
        throw new FormatException(
            file.toString(),
            "its metadata have no \"%s\" to name the layers; write it with ModelFile or vitrine train"
                .formatted(SPECIFICATION));
      }
      try {
        Layer layers = Specification.parse(text);
        refuseGhosts(layers, saved);
        return loaded(new Model(layers), saved);
      } catch (IllegalArgumentException e) {
        throw new FormatException(file.toString(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Layers whose values are not in the file take no memory; a few are named later, one by one. */
  private static void refuseGhosts(Layer layers, Safetensors saved) {
    double have = saved.tensors().values().stream().mapToDouble(Tensor::size).sum();
    double need = values(layers);
    if (need > have + FEW) {
      throw new IllegalArgumentException(
          "its layers \"%s\" have %.0f values, its tensors hold %.0f; get the whole file again"
              .formatted(layers, need, have));
    }
  }

  private static double values(Layer l) {
    return l.parameters().stream().mapToDouble(p -> p.shape().size()).sum()
        + l.children().stream().mapToDouble(ModelFile::values).sum();
  }

  private static Model loaded(Model model, Safetensors saved) {
    try {
      model.load(saved.tensors());
      return model;
    } catch (IllegalArgumentException e) {
      model.close();
      throw e;
    }
  }
}
