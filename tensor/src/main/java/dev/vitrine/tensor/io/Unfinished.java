package dev.vitrine.tensor.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A temporary file that does not survive: it is deleted on close, and a JVM that is told to end
 * (Ctrl-C) waits for that.
 */
final class Unfinished implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Path file;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::waitAndDelete, "unfinished file");

  Unfinished(Path file) {
    this.file = file;
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // Somebody else's hook is what writes this file, so the JVM waits for it already.
      closed.countDown();
    }
  }

  private void waitAndDelete() {
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Files.deleteIfExists(file);
      }
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(file);
    } finally {
      closed.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException shuttingDown) {
        // The hook is what waited for this.
        closed.countDown();
      }
    }
  }
}
