package dev.vitrine.nn.onnx;

import dev.vitrine.nn.Model;
import java.io.IOException;
import java.nio.file.Path;

/** Models from and to ONNX files (onnx.ai), which most other tools write and read. */
public final class Onnx {
  /** How such files end. */
  public static final String SUFFIX = ".onnx";

  private Onnx() {}

  /** True if the file's name says that it is one. */
  public static boolean isNamedSo(Path file) {
    return file.toString().endsWith(SUFFIX);
  }

  /**
   * Reads a model. It takes images channels last, [n, h, w, c], like all models here, whatever the
   * order in the file; its float weights are parameters, so it can be trained further.
   *
   * @throws dev.vitrine.tensor.io.FormatException if the file is damaged, or holds what is not
   *     known here: an operator, another type than float32, several inputs or outputs, an opset
   *     before 9 or after 23
   */
  public static Model read(Path file) throws IOException {
    return Import.model(OnnxFile.read(file));
  }
}
