package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Quickstart;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Training;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; runs/quickstart unless told otherwise.")
  private Path folder = Path.of("runs", "quickstart");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!Set.of("drawn", "mnist", "fashion-mnist").contains(data)) {
      throw new IllegalArgumentException(
          "--data %s: the quickstart takes drawn, mnist or fashion-mnist; train takes any data"
              .formatted(data));
    }
    var out = spec.commandLine().getOut();
    var where = device.device();
    RunFolder to = RunFolder.at(folder);
    out.println("device: " + where);
    try (var _ = to.lock();
        Split split = DataSets.load(data, dir)) {
      boolean done = new Quickstart(out, where, to, seed).run(Workload.QUICKSTART.on(data), split);
      return done ? 0 : Training.STOPPED;
    }
  }
}
