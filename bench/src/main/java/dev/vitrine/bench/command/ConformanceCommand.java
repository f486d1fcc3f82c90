package dev.vitrine.bench.command;

import dev.vitrine.bench.conformance.Report;
import dev.vitrine.bench.conformance.Suite;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine conformance DIR}: golden cases on a backend; exit code 1 unless all that was asked
 * for passes.
 */
@Command(
    name = "conformance",
    mixinStandardHelpOptions = true,
    description = "Run a tree of golden cases and compare with the expected results.")
public final class ConformanceCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The tree: the folder with index.json.")
  private Path folder = Path.of("");

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "Where to compute; without it the best backend there is.")
  private @Nullable String backend;

  @Option(names = "--group", paramLabel = "NAME", split = ",", description = "Only these groups.")
  private Set<String> groups = new LinkedHashSet<>();

  @Option(names = "--method", paramLabel = "NAME", split = ",", description = "Only these methods.")
  private Set<String> methods = new LinkedHashSet<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the outcome of every case here as well.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    OutputFile.refuseUnwritable("--json", json);
    var device = Devices.of(backend);
    Report report = Suite.open(folder).only(groups, methods).run(device);
    var out = spec.commandLine().getOut();
    out.print(report.text());
    out.flush();
    if (json != null) {
      byte[] text = report.json().getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(json, file -> file.write(text));
    }
    return report.good() ? 0 : 1;
  }
}
