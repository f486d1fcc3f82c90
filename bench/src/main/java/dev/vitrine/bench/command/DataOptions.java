package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data NAME} and how to read it. */
final class DataOptions {
  @Option(names = "--data", paramLabel = "NAME", description = DataSets.NAMES + ".")
  private @Nullable String name;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What to predict in a CSV file.")
  private @Nullable String label;

  @Option(
      names = "--categorical",
      paramLabel = "COLUMN",
      split = ",",
      description = "Columns of a CSV file that are categories although they look like numbers.")
  private Set<String> categorical = new LinkedHashSet<>();

  /** What {@code --data} says, if anything. */
  @Nullable String name() {
    return name;
  }

  /** What {@code --data} says; refuses to go on without it. */
  String needed() {
    if (name == null) {
      throw new IllegalArgumentException("--data NAME is missing; it is one of " + DataSets.NAMES);
    }
    return name;
  }

  Split load() throws IOException {
    return load(needed());
  }

  /** A set by another name, where these options say how to read it. */
  Split load(String other) throws IOException {
    return DataSets.load(other, dir, label, categorical);
  }
}
