package dev.vitrine.tensor.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file does not hold what its format promises; one sentence names the file, the finding and what
 * was expected.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  public FormatException(String file, String problem) {
    super(file + ": " + problem);
  }

  /** Refuses a folder, which opens like a file and then gives an error without a name. */
  static void refuseFolder(Path path) throws FormatException {
    if (Files.isDirectory(path)) {
      throw new FormatException(path.toString(), "this is a folder, expected a file");
    }
  }

  public FormatException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
