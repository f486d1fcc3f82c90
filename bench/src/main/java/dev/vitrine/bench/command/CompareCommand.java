package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Judges;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine compare MODEL… --data NAME --rows 0-19}: methods × metrics. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = "Judge methods by metrics: a table of means with 95 % confidence intervals.")
public final class CompareCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = ModelFiles.KINDS + ", or several: intervals are over models then.")
  private List<Path> files = List.of();

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--rows",
      paramLabel = "A-B",
      description = "Test rows; default: ${DEFAULT-VALUE}.",
      defaultValue = "0-19")
  private String rows = "0-19";

  @Mixin private MethodOption methods = new MethodOption();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description = "One or more of ${COMPLETION-CANDIDATES}, or all (the default).",
      completionCandidates = MetricNames.class)
  private List<String> metrics = List.of(ALL);

  @Option(
      names = "--missing",
      paramLabel = "zeros|data",
      description = {
        "What stands where Shapley values and LIME hide a feature: zeros, or training rows",
        "(the default for tables). Metrics put zeros."
      })
  private @Nullable String missing;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes what each metric said of each row, with settings and hashes.")
  private @Nullable Path json;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  /** The values of {@code --metric}. */
  static final class MetricNames implements Iterable<String> {
    MetricNames() {}

    @Override
    public Iterator<String> iterator() {
      return Judges.all().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    methods.check();
    checkMetrics();
    Reference.Missing hidden = missing == null ? null : Reference.Missing.named(missing);
    Range range = Range.parse("--rows", rows);
    OutputFile.refuseUnwritable("--json", json);
    var shown = new Progress(spec.commandLine().getErr(), progress.style(), "compare", "parts");
    String name = data.needed();
    try (shown;
        Split split = data.load();
        OpenModels models = OpenModels.open(files, device.device())) {
      Tensor train = split.train().inputs();
      var reference = hidden == null ? Reference.usual(train) : new Reference(train, hidden);
      for (Model model : models.models()) {
        Runs.outputs(model, name, split);
      }
      range.refuseBeyond("--rows", split.test());
      var shape = split.test().inputs().shape();
      List<String> judges = metrics.contains(ALL) ? Judges.of(shape.rank() == 4) : metrics;
      var comparison = new Comparison(models.subjects(), split.test(), range.values(), judges);
      out.println(comparison.head());
      List<String> chosen = methods.chosen(models.models(), shape);
      comparison.show(shown, chosen.size());
      for (String method : chosen) {
        out.println(comparison.add(method, Methods.of(method, reference)));
        out.flush();
      }
      if (json != null) {
        comparison.write(json);
      }
    }
    return 0;
  }

  private void checkMetrics() {
    for (String name : metrics) {
      if (!name.equals(ALL) && !Judges.all().contains(name)) {
        throw new IllegalArgumentException(
            "--metric %s: there are %s, or all".formatted(name, String.join(", ", Judges.all())));
      }
    }
  }
}
