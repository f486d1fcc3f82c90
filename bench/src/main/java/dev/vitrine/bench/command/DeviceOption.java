package dev.vitrine.bench.command;

import dev.vitrine.tensor.kernel.Device;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --backend NAME}. */
final class DeviceOption {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Where to compute; without it the best backend there is.")
  private @Nullable String backend;

  Device device() {
    return Devices.of(backend);
  }
}
