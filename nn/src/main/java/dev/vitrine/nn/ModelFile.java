package dev.vitrine.nn;

import dev.vitrine.nn.layer.Specification;
import dev.vitrine.tensor.Memory;
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

  private ModelFile() {}

  /** Writes the file whole or not at all; {@code about} is added to its metadata. */
  public static void write(Path file, Model model, Map<String, String> about) throws IOException {
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
            "its metadata have no \"" + SPECIFICATION + "\", so its layers are unknown; give them");
      }
      try {
        return loaded(new Model(Specification.parse(text)), saved);
      } catch (IllegalArgumentException e) {
        throw new FormatException(file.toString(), String.valueOf(e.getMessage()), e);
      }
    }
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
