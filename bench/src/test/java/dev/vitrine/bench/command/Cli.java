package dev.vitrine.bench.command;

import dev.vitrine.bench.Vitrine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command line in a folder of its own, with small data. */
final class Cli {
  private static final String[] COLOURS = {"blue", "green", "red"};

  /** Fits {@link #table}. */
  static final String LAYERS = "linear(2, 8) relu linear(8, 3)";

  final Path folder;

  /** What a command line gave. */
  record Answer(int code, String out, String err) {}

  Cli(Path folder) {
    this.folder = folder;
  }

  Answer run(Object... words) {
    var out = new StringWriter();
    var err = new StringWriter();
    String[] args = Stream.of(words).map(Object::toString).toArray(String[]::new);
    int code = Vitrine.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Answer(code, out.toString(), err.toString());
  }

  /** Trains {@link #LAYERS} on {@link #table} for three epochs. */
  Answer train(Path out, Object... more) throws IOException {
    var words = new ArrayList<Object>(List.of("train", "--data", table(), "--label", "kind"));
    words.addAll(List.of("--model", LAYERS, "--epochs", 3, "--out", out, "--backend", "scalar"));
    words.addAll(List.of(more));
    return run(words.toArray());
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path file(String name, String content) throws IOException {
    return Files.writeString(path(name), content);
  }

  /** 60 rows in three classes that can be told apart. */
  Path table() throws IOException {
    return file("table.csv", rows());
  }

  static String rows() {
    var text = new StringBuilder("a,b,kind\n");
    for (int i = 0; i < 60; i++) {
      int c = i % 3;
      text.append("%d.%d,%d,%s%n".formatted(c, i * 7 % 10, i * 5 % 11, COLOURS[c]));
    }
    return text.toString();
  }

  /** 30 images of 4 × 4 pixels for training and 10 for testing, as {@code DIR/mnist}. */
  Path images() throws IOException {
    return images(4);
  }

  /** The same with {@code side × side} pixels. */
  Path images(int side) throws IOException {
    Path mnist = Files.createDirectories(path("data/mnist"));
    for (String part : List.of("train", "t10k")) {
      int n = part.equals("train") ? 30 : 10;
      var pixels = new ByteArrayOutputStream();
      var labels = new ByteArrayOutputStream();
      for (int i = 0; i < n; i++) {
        labels.write(i % 10);
        for (int p = 0; p < side * side; p++) {
          pixels.write((p + i) % 10 * 25);
        }
      }
      Files.write(
          mnist.resolve(part + "-images-idx3-ubyte"),
          idx(0x803, pixels.toByteArray(), n, side, side));
      Files.write(mnist.resolve(part + "-labels-idx1-ubyte"), idx(0x801, labels.toByteArray(), n));
    }
    return path("data");
  }

  static byte[] idx(int magic, byte[] values, int... dims) {
    var bytes = ByteBuffer.allocate(4 + 4 * dims.length + values.length).putInt(magic);
    for (int d : dims) {
      bytes.putInt(d);
    }
    return bytes.put(values).array();
  }

  /** All files below the folder, by name. */
  List<String> files(Path below) {
    try (var files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> below.relativize(f).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
