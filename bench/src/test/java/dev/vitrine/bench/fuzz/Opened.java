package dev.vitrine.bench.fuzz;

import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Shards;
import dev.vitrine.bench.studio.Studio;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Csv;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Roles;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.data.Table;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What readers need beside the file and takes a while to open: opened once, and asked. */
final class Opened {
  private static final int STATUS = 9;

  private Opened() {}

  /** Rows that a training goes through in one step. */
  private static final class Training {
    static final Dataset DATA =
        Dataset.labelled(
            "four",
            Tensor.of(Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8),
            Tensor.of(Shape.of(4), new int[] {0, 1, 0, 1}),
            List.of("a", "b"));
    static final Model MODEL = new Model(Specification.parse("linear(2, 2)"));
    static final Device DEVICE = Device.of("scalar", 1);
  }

  /** Training goes on from the checkpoint, if there is one, unless its numbers are too large. */
  static void resumed(Path folder) throws IOException {
    var trainer = new Trainer(Training.MODEL).device(Training.DEVICE).batch(4);
    try {
      trainer.checkpoint(Reader.CHECKPOINT.file(folder)).fit(Training.DATA, 1);
    } catch (ArithmeticException e) {
      if (!e.getMessage().startsWith("the loss is ")) {
        throw e;
      }
    }
  }

  /** A table whose columns a model was trained on. */
  static final class Trained {
    static final Split TABLE = split();

    private static Split split() {
      try {
        Path file = Files.createTempFile("trained", ".csv");
        Files.write(file, Examples.table());
        Table table = Table.read(file, Csv.named());
        Files.delete(file);
        return Encoding.split(table, 2, Roles.label("kind"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A run in shards goes on in the folder that the file describes. */
  static void continued(Path folder) throws IOException {
    RunFolder run = RunFolder.at(Reader.SHARDS.file(folder).toAbsolutePath().getParent());
    try (Shards shards = Shards.open(run, Map.of("model", "m"), Map.of())) {
      shards.has("saliency-000000.npy", "00");
    }
  }

  /** The live page. */
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
