package dev.vitrine.bench.fuzz;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.torch.TorchWeights;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.Npz;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One good file for each reader, from which a fuzzer starts. */
final class Examples {
  static final String LAYERS = "conv2d(1, 2, 3) relu flatten linear(8, 3)";
  private static final String DENSE = "linear(2, 3) relu linear(3, 2)";
  private static final int SIDE = 4;

  private Examples() {}

  /** Writes what a reader finds beside the fuzzed file. */
  static void prepare(Path folder) throws IOException {
    Files.createDirectories(Reader.SHARDS.file(folder).toAbsolutePath().getParent());
    Path mnist = Files.createDirectories(folder.resolve("mnist"));
    Files.write(mnist.resolve("train-labels-idx1-ubyte"), labels());
    Files.write(mnist.resolve("t10k-images-idx3-ubyte"), images());
    Files.write(mnist.resolve("t10k-labels-idx1-ubyte"), labels());
  }

  /** A file that the reader accepts. */
  static byte[] of(Reader reader, Path folder) throws IOException {
    Path file = reader.file(folder);
    try (var memory = new Memory("examples");
        Model cnn = new Model(Specification.parse(LAYERS));
        Model dense = new Model(Specification.parse(DENSE))) {
      Tensor x = memory.floats(Shape.of(2, 3), 1, -2, 3.5f, 0, Float.MIN_VALUE, 7);
      switch (reader) {
        case IDX -> Files.write(file, images());
        case NPY -> Npy.write(file, x);
        case NPZ -> Npz.write(file, new LinkedHashMap<>(Map.of("a", x)));
        case SAFETENSORS -> Safetensors.write(file, Map.of("a", x, "b", x), Map.of("k", "v"));
        case CSV, CSV_ROWS -> Files.write(file, table());
        case NPY_ROWS -> Npy.write(file, memory.floats(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
        case MODEL -> ModelFile.write(file, cnn, Map.of());
        case TORCH -> TorchWeights.write(file, cnn, 1);
        case CHECKPOINT -> {
          Files.deleteIfExists(file);
          Opened.resumed(folder);
        }
        case ONNX -> Onnx.write(file, dense, Shape.of(2));
        case RUN ->
            Files.writeString(
                file,
                """
                {"configuration": {"workload": "own", "data": "drawn", "seed": "0"}, "environment": {"java": "25"},
                 "epoch_losses": [0.5, 0.25], "hashes": {"model.safetensors": "00ff"}, "command": "train"}
                """);
        case SHARDS ->
            Files.writeString(
                file,
                """
                {"configuration": {"model": "m"}, "environment": {}, "shards": [
                 {"file": "saliency-000000.npy", "from": 0, "to": 1, "inputs": "00", "sha256": "00"}]}
                """);
        case EXPERIMENT ->
            Files.writeString(
                file,
                """
                about = "x"
                data = "drawn"
                model = "flatten linear(784, 10)"
                [training]
                optimizer = "sgd"
                rate = 0.1
                batch = 32
                epochs = 1
                seeds = "0-1"
                [[published]]
                metric = "accuracy"
                value = 0.9
                source = "y"
                """);
        case HTTP ->
            Files.writeString(
                file,
                """
                POST /api/explain HTTP/1.1\r
                Host: 127.0.0.1:0\r
                Origin: http://127.0.0.1:0\r
                Content-Type: application/json\r
                Content-Length: 59\r
                \r
                {"model": 0, "method": "saliency", "x": "AAAAAA==", "target": 1}
                """);
      }
    }
    return Files.readAllBytes(file);
  }

  /** Four rows of a number and a word, and what kind they are. */
  static byte[] table() {
    String cells = "a,\"b c\",kind\n1,x,red\n2.5,y,blue\n-3e2,x,red\n4,y,blue\n";
    return cells.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] images() {
    var bytes = ByteBuffer.allocate(16 + 2 * SIDE * SIDE);
    bytes.putInt(0x803).putInt(2).putInt(SIDE).putInt(SIDE);
    for (int i = 0; i < 2 * SIDE * SIDE; i++) {
      bytes.put((byte) (7 * i));
    }
    return bytes.array();
  }

  private static byte[] labels() {
    return ByteBuffer.allocate(10).putInt(0x801).putInt(2).put((byte) 3).put((byte) 9).array();
  }
}
