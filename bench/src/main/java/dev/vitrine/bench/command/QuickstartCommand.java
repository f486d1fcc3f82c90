package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Quickstart;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine quickstart}: train a small network on drawn digits, compare it, explain it, show
 * it.
 */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = "Train a small network on built-in digits and explain ten of them.")
public final class QuickstartCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "drawn",
      description = "drawn (built in, the default), mnist or fashion-mnist.")
  private String data = "drawn";

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(names = "--seed", paramLabel = "N", description = "Decides every random number.")
  private long seed = 7;

  @Option(names = "--backend", paramLabel = "NAME", description = "Where to compute.")
  private @Nullable String backend;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; runs/quickstart unless told otherwise.")
  private Path folder = Path.of("runs", "quickstart");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var device = Devices.of(backend);
    out.println("device: " + device);
    Workload q = Workload.QUICKSTART;
    var workload =
        new Workload(
            q.name(), data, q.model(), q.optimizer(), q.batch(), q.epochs(), q.reference());
    try (Split split = DataSets.load(data, dir, null)) {
      var quickstart = new Quickstart(out, device, RunFolder.at(folder), seed);
      return quickstart.run(workload, split) ? 0 : 130;
    }
  }
}
