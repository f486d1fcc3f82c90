package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine eval MODEL --data NAME}: accuracy, loss and confusion matrix on the test rows. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Judge a model file on the test rows of a data set.")
public final class EvalCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model.safetensors.")
  private Path file = Path.of("");

  @Option(names = "--data", required = true, paramLabel = "NAME", description = DataSets.NAMES)
  private String data = "";

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What to predict in a CSV file.")
  private @Nullable String label;

  @Option(names = "--backend", paramLabel = "NAME", description = "Where to compute.")
  private @Nullable String backend;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Device device = Devices.of(backend);
    try (Model model = ModelFile.read(file);
        Split split =
            Runs.fitting(
                new Workload("eval", data, model.toString(), Optimizer.sgd(1), 1, 1, null),
                DataSets.load(data, dir, label))) {
      Dataset test = split.test();
      int outputs = Runs.outputs(model, test);
      Evaluation e = Evaluation.of(model, test, Workload.loss(outputs), device);
      out.printf(Locale.ROOT, "%s: accuracy %.4f, loss %.4f%n", test, e.accuracy(), e.loss());
      if (test.targets().dtype() == DType.INT32) {
        int[] said = Predictions.of(Inference.outputs(model, test.inputs()));
        out.println(new ConfusionMatrix(outputs, said, test.targets().toInts()));
      }
      out.println("model hash " + model.hash());
      out.flush();
      return 0;
    }
  }
}
