package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Seeds;
import dev.vitrine.bench.run.Training;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine train WORKLOAD} or {@code vitrine train --data … --model …}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Train a standard workload, or a model of your own.",
      "Standard workloads: digits-mlp, mnist-mlp, mnist-cnn, table-mlp."
    })
public final class TrainCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "WORKLOAD", description = "A standard workload.")
  private @Nullable String workload;

  @Option(names = "--data", paramLabel = "NAME", description = DataSets.NAMES)
  private @Nullable String data;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What to predict in a CSV file.")
  private @Nullable String label;

  @Option(
      names = "--model",
      paramLabel = "LAYERS",
      description = "For example \"linear(64, 32) relu linear(32, 10)\".")
  private @Nullable String model;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "sgd, adam (the default), adamw, rmsprop or adagrad.")
  private String optimizer = "adam";

  @Option(names = "--rate", paramLabel = "X", description = "Learning rate; 0.001 by default.")
  private float rate = 1e-3f;

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

  @Option(names = "--backend", paramLabel = "NAME", description = "Where to compute.")
  private @Nullable String backend;

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
    Device device = Devices.of(backend);
    Workload w = chosen();
    Range range = Range.parse("--seeds", seeds);
    RunFolder runs = RunFolder.at(folder != null ? folder : Path.of("runs", w.name()));
    out.println("device: " + device);
    try (Split split = Runs.fitting(w, DataSets.load(w.data(), dir, label))) {
      var done = new ArrayList<Seeds.One>();
      for (int seed = range.from(); seed <= range.to(); seed++) {
        Training t;
        try (var progress = new Progress(out, w.name() + " seed " + seed)) {
          t = Training.run(w, split, seed, device, runs.checkpoint(), progress);
        }
        if (t.stopped()) {
          out.println("stopped; the same command goes on from here");
          return 130;
        }
        Runs.write(runs, w, split, seed, t, device);
        done.add(new Seeds.One(seed, t.test().accuracy(), t.model().hash()));
        out.printf(
            Locale.ROOT,
            "%s seed %d: test accuracy %.4f, loss %.4f%n",
            w.name(),
            seed,
            t.test().accuracy(),
            t.test().loss());
      }
      var table = Seeds.of(w, done);
      if (range.from() < range.to()) {
        out.print(table.text());
      }
      out.println("model: " + runs.file("model.safetensors"));
      out.flush();
      if (json != null) {
        table.write(json);
      }
      return 0;
    }
  }

  private Workload chosen() {
    if (workload != null) {
      if (data != null || model != null) {
        throw new IllegalArgumentException(
            "give a workload (" + workload + ") or --data and --model, not both");
      }
      Workload w = Workload.named(workload);
      return new Workload(
          w.name(),
          w.data(),
          w.model(),
          w.optimizer(),
          batch == null ? w.batch() : batch,
          epochs == null ? w.epochs() : epochs,
          epochs == null && batch == null ? w.reference() : null);
    }
    if (data == null || model == null) {
      throw new IllegalArgumentException("give a workload, or both --data and --model");
    }
    return new Workload(
        "own",
        data,
        model,
        optimizer(),
        batch == null ? 32 : batch,
        epochs == null ? 10 : epochs,
        null);
  }

  private Optimizer optimizer() {
    return switch (optimizer) {
      case "sgd" -> Optimizer.sgd(rate, 0.9f);
      case "adam" -> Optimizer.adam(rate);
      case "adamw" -> Optimizer.adamW(rate);
      case "rmsprop" -> Optimizer.rmsProp(rate);
      case "adagrad" -> Optimizer.adagrad(rate);
      default ->
          throw new IllegalArgumentException(
              "--optimizer " + optimizer + ": there are sgd, adam, adamw, rmsprop and adagrad");
    };
  }
}
