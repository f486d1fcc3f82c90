package dev.vitrine.bench.command;

import dev.vitrine.bench.report.Report;
import dev.vitrine.bench.report.RunRecord;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine report RUN}: one page about a trained model. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write one HTML file about a trained model that needs nothing beside it: training, performance,",
      "mistakes, methods by metrics, and how to get it again."
    })
public final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A folder that train or quickstart wrote.")
  private String given = "";

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--rows",
      paramLabel = "A-B",
      description = "Test rows that methods are compared on; default: ${DEFAULT-VALUE}.",
      defaultValue = "0-19")
  private String rows = "0-19";

  @Mixin private MethodOption methods = new MethodOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; RUN/report.html unless told otherwise.")
  private @Nullable Path file;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    methods.check();
    Range range = Range.parse("--rows", rows);
    Path folder = Path.of(given);
    Path to = file == null ? folder.resolve("report.html") : file;
    RunRecord run = RunRecord.read(folder);
    OutputFile.refuseUnwritable("--out", to);
    String name = data.name() == null ? run.data() : data.needed();
    var shown = new Progress(spec.commandLine().getErr(), progress.style(), "report", "parts");
    try (shown;
        Model model = ModelFile.read(folder.resolve(RunFolder.MODEL));
        Split split = data.load(name)) {
      if (!model.hash().equals(run.hash())) {
        throw new IllegalArgumentException(
            "%s: its run.json speaks of model %.12s, the file beside it is %.12s; train it again"
                .formatted(folder, run.hash(), model.hash()));
      }
      Runs.outputs(model, name, split);
      range.refuseBeyond("--rows", split.test());
      var shape = split.test().inputs().shape();
      List<String> chosen =
          methods.given()
              ? methods.chosen(List.of(model), shape)
              : Report.methods(MethodOption.serving(List.of(model), shape));
      var asked = new Report.Asked(range.values(), chosen, Report.metrics());
      // Training again, as the page says it, writes where it writes by itself.
      String again = Again.of(spec, Map.of(given, run.usualFolder()));
      new Report(run, model, split, device.device(), asked, shown).write(to, again);
    }
    out.println("written to " + to);
    out.flush();
    return 0;
  }
}
