package dev.vitrine.tensor.io;

import java.io.IOException;

/**
 * A file does not hold what its format promises; one sentence names the file, the finding and what
 * was expected.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  public FormatException(String file, String problem) {
    super(file + ": " + problem);
  }

  public FormatException(String file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
