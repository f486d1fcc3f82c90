package dev.vitrine.bench.fuzz;

import dev.vitrine.tensor.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * {@code fuzz/READER.zip}: the smallest inputs that between them reach all that fuzzing ever
 * reached, from which it goes on; {@code fuzz/READER/}: what it found, named by what was wrong.
 */
final class Corpus {
  private static final Path FOLDER = Path.of("src/test/resources/fuzz");

  private Corpus() {}

  private static Path file(Reader reader) {
    return FOLDER.resolve(reader + ".zip");
  }

  /** All inputs of a reader. */
  static List<byte[]> of(Reader reader) throws IOException {
    var all = new ArrayList<byte[]>(files(FOLDER.resolve(reader.toString())));
    if (Files.exists(file(reader))) {
      try (var zip = new ZipInputStream(Files.newInputStream(file(reader)))) {
        while (zip.getNextEntry() != null) {
          all.add(zip.readAllBytes());
        }
      }
    }
    return all;
  }

  /** The files of a folder, in the order of their names; none if it is not there. */
  private static List<byte[]> files(Path folder) throws IOException {
    var all = new ArrayList<byte[]>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path f : files.sorted().toList()) {
          all.add(Files.readAllBytes(f));
        }
      }
    }
    return all;
  }

  /** Keeps the files of a folder for the reader. */
  static void keep(Reader reader, Path folder) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      int number = 0;
      for (byte[] input : files(folder)) {
        var entry = new ZipEntry("%05d".formatted(number++));
        entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(input);
      }
    }
    AtomicFile.write(file(reader), bytes.toByteArray());
  }
}
