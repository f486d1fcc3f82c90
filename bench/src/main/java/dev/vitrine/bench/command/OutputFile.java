package dev.vitrine.bench.command;

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
    if (Files.isDirectory(file) || parent == null || !isFolder(parent)) {
      throw new IllegalArgumentException(
          "%s %s: no file can be written there; name one in a folder that exists"
              .formatted(option, file));
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path) && Files.isWritable(path);
  }
}
