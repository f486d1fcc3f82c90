package dev.vitrine.bench.command;

import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Explanations;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine explain MODEL --data NAME --rows 0-9 --method …}: attributions as npy, and
 * pictures.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Explain test rows of a data set with a model file.")
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "A model.safetensors.")
  private Path file = Path.of("");

  @Option(names = "--data", required = true, paramLabel = "NAME", description = DataSets.NAMES)
  private String data = "";

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Option(names = "--label", paramLabel = "COLUMN", description = "What to predict in a CSV file.")
  private @Nullable String label;

  @Option(
      names = "--rows",
      paramLabel = "A-B",
      description = "Test rows; without it the first one of each class.")
  private @Nullable String rows;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      split = ",",
      description = "saliency, input-x-gradient, integrated-gradients, or all (the default).")
  private List<String> methods = List.of("all");

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "A class number; without it the predicted class.")
  private @Nullable Integer target;

  @Option(names = "--backend", paramLabel = "NAME", description = "Where to compute.")
  private @Nullable String backend;

  @Option(names = "--out", paramLabel = "DIR", description = "Where to write.")
  private Path folder = Path.of("runs", "explained");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Device device = Devices.of(backend);
    List<String> chosen = methods.contains("all") ? Explanations.METHODS : methods;
    chosen.forEach(Explanations::method);
    try (Model model = ModelFile.read(file);
        Split split = DataSets.load(data, dir, label)) {
      Runs.outputs(model, split.test());
      int[] which =
          rows == null
              ? Explanations.oneOfEach(split.test())
              : Range.parse("--rows", rows).values();
      var towards = target == null ? Target.predicted() : Target.of(target);
      var explained = Explanations.of(model, split.test(), which, chosen, towards, device);
      RunFolder to = RunFolder.at(folder);
      Map<String, Object> json = new LinkedHashMap<>();
      for (Map.Entry<String, Attribution> e : explained.byMethod().entrySet()) {
        Npy.write(to.file(e.getKey() + ".npy"), e.getValue().values());
        json.put(
            e.getKey(),
            Map.of("hash", e.getValue().hash(), "provenance", e.getValue().provenance()));
        out.println(e.getValue().summary());
      }
      json.put("rows", which);
      to.json(json);
      if (explained.areImages()) {
        explained.grid().save(to.file("explanations.png"));
      }
      out.println("written to " + to.path());
      out.flush();
      return 0;
    }
  }
}
