package dev.vitrine.bench.command;

import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.nn.metric.Predictions;
import dev.vitrine.nn.train.Evaluation;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine eval MODEL --data NAME}: accuracy, loss and confusion matrix on the test rows. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = "Judge a model file on the test rows of a data set.")
public final class EvalCommand implements Callable<Integer> {
  private static final int BATCH = 256;

  @Parameters(paramLabel = "MODEL", description = ModelFiles.KINDS + ".")
  private Path file = Path.of("");

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private DeviceOption device = new DeviceOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String name = data.needed();
    Device where = device.device();
    try (Model model = ModelFiles.read(file);
        Split split = data.load()) {
      int outputs = Runs.outputs(model, name, split);
      Dataset test = Runs.fitting(outputs, split).test();
      Evaluation e = Evaluation.of(model, test, Workload.loss(outputs), where);
      out.printf(Locale.ROOT, "%s: accuracy %.4f, loss %.4f%n", test, e.accuracy(), e.loss());
      int[] labels = labels(split.test());
      int[] said = predictions(model, split.test(), where);
      out.println(new ConfusionMatrix(split.test().classes().size(), said, labels));
      out.println("model hash " + model.hash());
      out.flush();
      return 0;
    }
  }

  private static int[] labels(Dataset rows) {
    int[] labels = new int[rows.size()];
    Arrays.setAll(labels, rows::label);
    return labels;
  }

  private static int[] predictions(Model model, Dataset rows, Device device) {
    int batch = Math.min(rows.size(), BATCH);
    try (var inference = new Inference(model, rows.inputs().shape().without(0), batch, device)) {
      return Predictions.of(inference.outputs(rows.inputs()));
    }
  }
}
