package dev.vitrine.bench.command;

import dev.vitrine.bench.experiment.Experiments;
import dev.vitrine.bench.run.Optimizers;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Seeds;
import dev.vitrine.bench.run.Training;
import dev.vitrine.bench.run.TrainingProgress;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine train WORKLOAD} or {@code vitrine train --data … --model …}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Train the model of an experiment, or one of your own.",
      "Standard workloads: digits-mlp, mnist-mlp, mnist-cnn, table-mlp; reproduce --list has more."
    })
public final class TrainCommand implements Callable<Integer> {
  private static final String OWN = "own";
  private static final int OWN_BATCH = 32;
  private static final int OWN_EPOCHS = 10;

  @Parameters(arity = "0..1", paramLabel = "WORKLOAD", description = "A standard workload.")
  private @Nullable String workload;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--model",
      paramLabel = "LAYERS",
      description = "For example \"linear(64, 32) relu linear(32, 10)\".")
  private @Nullable String model;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, adam (the default), adamw, rmsprop or adagrad.")
  private @Nullable String optimizer;

  @Option(names = "--rate", paramLabel = "X", description = "Learning rate; 0.001 by default.")
  private @Nullable Float rate;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training rows.")
  private @Nullable Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Rows per step.")
  private @Nullable Integer batch;

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      defaultValue = "0",
      description = "One seed (0 by default), or a range: a table is printed then.")
  private String seeds = "0";

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; runs/WORKLOAD unless told otherwise.")
  private @Nullable Path folder;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the table of accuracies here as well.")
  private @Nullable Path json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Workload w = workload == null ? own() : standard(workload);
    Range range = Range.parse("--seeds", seeds);
    progress.style(); // refused before anything is trained
    Device where = device.device();
    RunFolder runs = RunFolder.at(folder != null ? folder : Path.of("runs", w.name()));
    OutputFile.refuseUnwritable("--json", json);
    out.println("device: " + where);
    try (var _ = runs.lock();
        Split split = Runs.fitting(w, data.load(w.data()))) {
      Seeds table = Seeds.of(w, new ArrayList<>());
      for (int seed = range.from(); seed <= range.to(); seed++) {
        Training t = train(w, split, seed, where, runs);
        if (t.stopped()) {
          return Training.STOPPED;
        }
        table = table.and(w, Seeds.One.of(seed, t));
        Map<String, Object> record = Runs.record(w, split, t, table, where);
        record.put("command", Again.of(spec));
        Runs.write(runs, record, t.model());
        out.printf(
            Locale.ROOT,
            "%s seed %d: test accuracy %.4f, loss %.4f%n",
            w.name(),
            seed,
            t.test().accuracy(),
            t.test().loss());
      }
      if (range.from() < range.to()) {
        out.print(table.text());
      }
      out.println("model: " + runs.file(RunFolder.MODEL));
      out.flush();
      if (json != null) {
        table.write(json);
      }
      // Not earlier: until then seeds that are done need not be trained again.
      for (int seed = range.from(); seed <= range.to(); seed++) {
        runs.dropCheckpoint(seed);
      }
      return 0;
    }
  }

  private Training train(Workload w, Split split, int seed, Device where, RunFolder runs)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    var shown = new Progress(out, progress.style(), w.name() + " seed " + seed, "rows");
    try (var training = new TrainingProgress(shown)) {
      return Training.run(w, split, seed, where, runs.checkpoint(seed), training);
    }
  }

  private Workload standard(String name) throws IOException {
    Workload w = Experiments.named(name).workload(name);
    if (data.name() != null || model != null || optimizer != null || rate != null) {
      throw new IllegalArgumentException(
          "%s has its own data, model, optimizer and rate: leave these options out, or the name"
              .formatted(name));
    }
    return new Workload(
        w.name(),
        w.data(),
        w.model(),
        w.optimizer(),
        batch == null ? w.batch() : batch,
        epochs == null ? w.epochs() : epochs,
        epochs == null && batch == null ? w.reference() : null);
  }

  private Workload own() {
    if (data.name() == null || model == null) {
      throw new IllegalArgumentException(
          "give a workload (%s), or both --data and --model"
              .formatted(String.join(", ", Experiments.names())));
    }
    return new Workload(
        OWN,
        data.needed(),
        model,
        Optimizers.named(optimizer, rate),
        batch == null ? OWN_BATCH : batch,
        epochs == null ? OWN_EPOCHS : epochs,
        null);
  }
}
