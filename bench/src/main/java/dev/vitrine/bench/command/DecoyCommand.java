package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.DecoyStudy;
import dev.vitrine.bench.run.DecoyTable;
import dev.vitrine.bench.run.Prior;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Training;
import dev.vitrine.bench.run.TrainingProgress;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine decoy}: an explanation that is trained on, where the plain model is fooled. */
@Command(
    name = "decoy",
    mixinStandardHelpOptions = true,
    description = {
      "Train on digits with a square that gives the class away, plainly and with an attribution",
      "prior (right for the right reasons), and test where the square tells nothing."
    })
public final class DecoyCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "NAME",
      defaultValue = "drawn",
      description = "drawn (built in, the default), mnist or fashion-mnist.")
  private String data = "drawn";

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(
      names = "--prior",
      paramLabel = "NAME",
      defaultValue = "gradient",
      description = "What has to be silent: gradient (the default), input-x-gradient or lrp.")
  private String prior = "gradient";

  @Option(
      names = "--lambda",
      paramLabel = "X",
      description = "Weight of the prior; each has its own unless told otherwise.")
  private @Nullable Float lambda;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Passes over the training rows; 10 by default.")
  private int epochs = 10;

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      defaultValue = "0-2",
      description = "One seed or a range; 0-2 by default.")
  private String seeds = "0-2";

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the table here as well.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (!Set.of("drawn", "mnist", "fashion-mnist").contains(data)) {
      throw new IllegalArgumentException(
          "--data %s: decoys are planted in drawn, mnist or fashion-mnist".formatted(data));
    }
    Prior silent = Prior.named(prior);
    if (lambda != null) {
      silent = silent.weighing(lambda);
    }
    int[] all = Range.parse("--seeds", seeds).values();
    OutputFile.refuseUnwritable("--json", json);
    PrintWriter out = spec.commandLine().getOut();
    Device where = device.device();
    Progress.Style style = progress.style();
    out.println("device: " + where);
    try (Split split = DataSets.load(data, dir)) {
      Function<String, TrainingProgress> shown =
          name -> new TrainingProgress(new Progress(out, style, name, "rows"));
      DecoyTable table = DecoyStudy.run(data, split, silent, epochs, all, where, shown);
      if (table == null) {
        return Training.STOPPED;
      }
      out.print(table.text());
      out.flush();
      if (json != null) {
        table.write(json);
      }
      return 0;
    }
  }
}
