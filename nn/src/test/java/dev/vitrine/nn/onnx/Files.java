package dev.vitrine.nn.onnx;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;

/** Small ONNX files, made in memory. */
final class Files {
  private Files() {}

  /** A graph that {@code nodes} adds to, from an input called "x" to the value it names. */
  static byte[] of(Shape x, Shape y, Function<GraphOut, String> nodes) {
    var out = new GraphOut();
    String input = out.fresh("x");
    return out.file(input, x, nodes.apply(out), y);
  }

  static Model read(byte[] file) throws FormatException {
    return Import.model(
        OnnxFile.read(Wire.of("test.onnx", MemorySegment.ofArray(file)), "test.onnx"));
  }
}
