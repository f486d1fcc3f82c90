package dev.vitrine.bench.command;

import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that an option names and that is written when all work is done. */
final class OutputFile {
  private OutputFile() {}

  /** Minutes of work are not lost to a wrong path. */
  static void refuseUnwritable(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    boolean taken = Files.exists(file) && !Files.isRegularFile(file);
    if (taken || parent == null || !Files.isDirectory(parent)) {
      throw new IllegalArgumentException(
          "%s %s: no file can be written there; name one in a folder that exists"
              .formatted(option, file));
    }
    try {
      AtomicFile.probe(parent);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s %s: %s; make room, or name another file".formatted(option, file, e.getMessage()), e);
    }
  }
}
