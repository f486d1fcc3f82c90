package dev.vitrine.bench.fuzz;

import dev.vitrine.bench.studio.Studio;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.torch.TorchWeights;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.Npz;
import dev.vitrine.tensor.io.Safetensors;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One good file for each reader, from which a fuzzer starts; and the readers that need more. */
final class Examples {
  static final String LAYERS = "conv2d(1, 2, 3) relu flatten linear(8, 3)";
  private static final String DENSE = "linear(2, 3) relu linear(3, 2)";
  private static final int SIDE = 4;
  private static final int STATUS = 9;

  private Examples() {}

  /** Writes what a reader finds beside the fuzzed file, and opens what takes a while. */
  static void prepare(Reader reader, Path folder) throws IOException {
    if (reader == Reader.HTTP) {
      Page.STUDIO.url();
    }
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
        case CSV ->
            Files.writeString(file, "a,\"b c\",kind\n1,x,red\n2.5,y,blue\n-3e2,x,red\n4,y,blue\n");
        case MODEL -> ModelFile.write(file, cnn, Map.of());
        case TORCH -> TorchWeights.write(file, cnn, 1);
        case CHECKPOINT -> {
          Files.deleteIfExists(file);
          resumed(folder, 1);
        }
        case ONNX -> Onnx.write(file, dense, Shape.of(2));
        case RUN ->
            Files.writeString(
                file,
                """
                {"configuration": {"workload": "own", "data": "drawn", "seed": "0"}, "environment": {"java": "25"},
                 "epoch_losses": [0.5, 0.25], "hashes": {"model.safetensors": "00ff"}, "command": "train"}
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

  /** Training goes on from the checkpoint. */
  static void resumed(Path folder) throws IOException {
    resumed(folder, 1);
  }

  private static void resumed(Path folder, int epochs) throws IOException {
    try (Split data = DrawnDigits.of(7, 4, 1);
        Model model = new Model(Specification.parse("flatten linear(784, 10)"))) {
      new Trainer(model)
          .device(Device.of("scalar", 1))
          .batch(4)
          .checkpoint(Reader.CHECKPOINT.file(folder))
          .fit(data.train(), epochs);
    }
  }

  /** The live page that is asked; opened once. */
  private static final class Page {
    static final Studio STUDIO = open();

    private static Studio open() {
      try {
        Split data = DrawnDigits.of(7, 10, 2);
        Model model = new Model(Specification.parse("flatten linear(784, 10)"));
        Device device = Device.of("scalar", 1);
        return Studio.open(
            "drawn", data, List.of("m"), new ArrayList<>(List.of(model)), device, "127.0.0.1", 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The page answers whatever bytes it is sent, with no error of its own, or closes. */
  static void answered(Path folder) throws IOException {
    URI page = URI.create(Page.STUDIO.url());
    String port = ":" + page.getPort();
    String request = Files.readString(Reader.HTTP.file(folder), StandardCharsets.ISO_8859_1);
    byte[] bytes = request.replace(":0\r", port + "\r").getBytes(StandardCharsets.ISO_8859_1);
    try (var socket = new Socket(page.getHost(), page.getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      byte[] head = socket.getInputStream().readNBytes(STATUS + 3);
      String line = new String(head, StandardCharsets.ISO_8859_1);
      if (line.startsWith("HTTP/1.1 5") && !line.endsWith("503") && !line.endsWith("501")) {
        throw new AssertionError("the page says " + line);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the page says nothing for five seconds", e);
    }
  }
}
