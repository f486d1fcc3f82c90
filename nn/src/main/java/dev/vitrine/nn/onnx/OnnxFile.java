package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an ONNX file holds: a graph, and the version of the operators that its nodes name.
 *
 * <p>Format: github.com/onnx/onnx, onnx.proto, messages ModelProto and below; the numbers in the
 * switches are its field numbers.
 */
record OnnxFile(String file, long opset, Graph graph) {
  /** Older ones write Softmax, Pad and Clip otherwise. */
  static final long OLDEST = 9;

  /** What was known when the operators were written; newer ones may mean something else. */
  static final long NEWEST = 23;

  private static final int IR_VERSION = 1;
  private static final int GRAPH = 7;
  private static final int OPSET_IMPORT = 8;

  /** Reads and checks a file; all numbers are copied, so it is not needed any more afterwards. */
  static OnnxFile read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new FormatException(path.toString(), "this is a folder, expected an ONNX file");
    }
    try (var channel = FileChannel.open(path);
        var mapped = Arena.ofConfined()) {
      var bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), mapped);
      return read(Wire.of(path.toString(), bytes), path.toString());
    }
  }

  /** Reads the message of a whole model. */
  static OnnxFile read(Wire w, String file) throws FormatException {
    @Nullable Graph graph = null;
    long opset = 0;
    long ir = 0;
    while (w.next()) {
      switch (w.field()) {
        case IR_VERSION -> ir = w.whole();
        case GRAPH -> graph = Graph.read(w.message());
        case OPSET_IMPORT -> opset = Math.max(opset, opset(w.message()));
        default -> {}
      }
    }
    if (ir == 0 && graph == null) {
      throw new FormatException(file, "it names no ONNX version and has no graph: no ONNX file");
    }
    if (graph == null || opset == 0) {
      throw new FormatException(
          file,
          "truncated: it has no %s; get the whole file again"
              .formatted(graph == null ? "graph" : "version of the operators (opset_import)"));
    }
    if (opset < OLDEST || opset > NEWEST) {
      throw new FormatException(
          file,
          "its operators are of opset %d, opsets %d to %d are known; export it with opset_version=17"
              .formatted(opset, OLDEST, NEWEST));
    }
    return new OnnxFile(file, opset, graph);
  }

  /** The version of the standard operators; 0 for those of other domains. */
  private static long opset(Wire w) throws FormatException {
    String domain = "";
    long version = 0;
    while (w.next()) {
      switch (w.field()) {
        case 1 -> domain = w.text();
        case 2 -> version = w.whole();
        default -> {}
      }
    }
    return GraphNode.isStandard(domain) ? version : 0;
  }
}
