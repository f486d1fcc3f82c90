package dev.vitrine.bench.command;

import dev.vitrine.tensor.kernel.Device;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a command computes. */
final class Devices {
  private static final Set<String> WIDTHS = Set.of("128", "256", "512");

  private Devices() {}

  /**
   * The backend that was asked for, on the command line or by {@code -Dvitrine.backend}; else the
   * best.
   */
  static Device of(@Nullable String backend) {
    refuseBadProperties();
    String name = backend != null ? backend : System.getProperty("vitrine.backend");
    return name != null ? Device.of(name, Device.standardThreads()) : Device.standard();
  }

  /** A misspelt property must not be answered by another backend, or by other threads. */
  private static void refuseBadProperties() {
    String lanes = System.getProperty("vitrine.lanes", "128");
    if (!WIDTHS.contains(lanes)) {
      throw new IllegalArgumentException(
          "-Dvitrine.lanes=%s: use 128, 256 or 512 bits, or leave it out".formatted(lanes));
    }
    String threads = System.getProperty("vitrine.threads", "1");
    if (!threads.matches("[1-9]\\d{0,3}")) {
      throw new IllegalArgumentException(
          "-Dvitrine.threads=%s: use a whole number from 1 to 9999, or leave it out"
              .formatted(threads));
    }
  }
}
