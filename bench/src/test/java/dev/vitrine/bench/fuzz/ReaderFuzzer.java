package dev.vitrine.bench.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Jazzer calls: a reader gives what the bytes hold, or one sentence; anything else is a
 * finding.
 */
public final class ReaderFuzzer {
  private static Reader reader = Reader.NPY;
  private static Path folder = Path.of("");

  private ReaderFuzzer() {}

  /** The name of a reader, a comma, and a folder that it may write to: one word for all shells. */
  public static void fuzzerInitialize(String[] args) throws IOException {
    String[] parts = args[0].split(",", 2);
    reader = Reader.named(parts[0]);
    folder = Files.createDirectories(Path.of(parts[1]));
    Examples.prepare(folder);
    check(reader, folder, Examples.of(reader, folder)); // what is opened once is opened before
  }

  public static void fuzzerTestOneInput(byte[] data) {
    check(reader, folder, data);
  }

  /** Gives the file to the reader. */
  static void check(Reader reader, Path folder, byte[] data) {
    try {
      Files.write(reader.file(folder), data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      reader.read(folder);
    } catch (IOException | IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      if (sentence.isBlank() || sentence.equals("null")) {
        throw new AssertionError("a refusal that says nothing", e);
      }
    }
  }
}
