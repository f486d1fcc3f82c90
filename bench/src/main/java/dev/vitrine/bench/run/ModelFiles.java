package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.onnx.Onnx;
import java.io.IOException;
import java.nio.file.Path;

/** Files that hold a model with its layers: what Vitrine trained, or what others wrote as ONNX. */
public final class ModelFiles {
  /** For help texts. */
  public static final String KINDS = "A model.safetensors or an .onnx file";

  private ModelFiles() {}

  /** Reads a model, by the end of the file's name. */
  public static Model read(Path file) throws IOException {
    return Onnx.isNamedSo(file) ? Onnx.read(file) : ModelFile.read(file);
  }
}
