package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Scores;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.xai.Subject;
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

/** {@code vitrine score MODEL --data NAME --rows 0-99 --method …}: deletion and insertion. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = "Score explanations of test rows: deletion, insertion, completeness.")
public final class ScoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = ModelFiles.KINDS + ".")
  private Path file = Path.of("");

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--rows",
      paramLabel = "A-B",
      description = "Test rows; default: ${DEFAULT-VALUE}.",
      defaultValue = "0-99")
  private String rows = "0-99";

  @Mixin private MethodOption methods = new MethodOption();

  @Option(
      names = "--step",
      paramLabel = "N",
      description = "Elements that change at once; without it a 56th of a row.")
  private @Nullable Integer step;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the scores of each row.")
  private @Nullable Path json;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    methods.check();
    Range range = Range.parse("--rows", rows);
    if (step != null && step < 1) {
      throw new IllegalArgumentException("--step %d: at least 1 is needed".formatted(step));
    }
    OutputFile.refuseUnwritable("--json", json);
    var shown = new Progress(spec.commandLine().getErr(), progress.style(), "score", "methods");
    String name = data.needed();
    try (shown;
        Model model = ModelFiles.read(file);
        Split split = data.load();
        Subject subject = Subject.of(model, device.device())) {
      Runs.outputs(model, name, split);
      range.refuseBeyond("--rows", split.test());
      List<String> chosen = methods.chosen(List.of(model), split.test().inputs().shape());
      Reference usual = Reference.usual(split.train().inputs());
      var scores = new Scores(subject, split.test(), range.values(), step);
      out.println(Scores.HEAD);
      for (int m = 0; m < chosen.size(); m++) {
        String method = chosen.get(m);
        shown.at(m, chosen.size(), Map.of("next", method));
        out.println(scores.add(method, Methods.of(method, usual)));
        out.flush();
      }
      if (json != null) {
        scores.write(json);
      }
    }
    return 0;
  }
}
