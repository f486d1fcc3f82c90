package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Progress;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --progress STYLE}. */
final class ProgressOption {
  @Option(
      names = "--progress",
      paramLabel = "STYLE",
      description = "bar, lines, json or none; without it a bar on a terminal, lines elsewhere.")
  private @Nullable String style;

  Progress.Style style() {
    return style == null ? Progress.Style.usual() : Progress.Style.named(style);
  }
}
