package dev.vitrine.bench.command;

import dev.vitrine.tensor.kernel.Device;
import org.jspecify.annotations.Nullable;

/** Where a command computes. */
final class Devices {
  private Devices() {}

  /**
   * The backend that was asked for, on the command line or by {@code -Dvitrine.backend}; else the
   * best.
   */
  static Device of(@Nullable String backend) {
    String name = backend != null ? backend : System.getProperty("vitrine.backend");
    return name != null ? Device.of(name, Device.standardThreads()) : Device.standard();
  }
}
