package dev.vitrine.nn.onnx;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.AtomicFile;
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

  /**
   * Writes a model as it is used, with any number of rows: opset 17 (20 if it has a GELU by tanh),
   * images [n, c, h, w] and weights in the order of PyTorch. Reading the file gives a model with
   * the same bits.
   *
   * @param row the shape of one input, images [h, w, c]
   * @throws IllegalArgumentException if the model does not take such rows, or has a layer without
   *     counterpart in ONNX
   */
  public static void write(Path file, Model model, Shape row) throws IOException {
    AtomicFile.write(file, Export.of(model, row));
  }
}
