package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * From pixels to heatmap: trains the small network, compares it with simpler ones, explains one
 * digit of each.
 */
public final class Quickstart {
  /** The page that shows everything. */
  static final String PAGE = "index.html";

  /** The explained row that has pictures of its own: a seven, in digits. */
  private static final int SHOWN = 7;

  private static final Workload LINEAR =
      new Workload("linear", "", "flatten linear(784, 10)", Optimizer.adam(1e-3f), 64, 6, null);

  private final PrintWriter out;
  private final Device device;
  private final RunFolder folder;
  private final long seed;

  public Quickstart(PrintWriter out, Device device, RunFolder folder, long seed) {
    this.out = out;
    this.device = device;
    this.folder = folder;
    this.seed = seed;
  }

  /** Runs it; false if Ctrl-C ended the training, which then goes on when run again. */
  public boolean run(Workload w, Split data) throws IOException {
    say("data: %s, %s", data.train(), data.test());
    say("model: %s", w.model());
    Training trained;
    var shown = new Progress(out, Progress.Style.usual(), "training", "rows");
    try (var progress = new TrainingProgress(shown)) {
      trained = Training.run(w, data, seed, device, folder.checkpoint(seed), progress);
    }
    if (trained.stopped()) {
      return false;
    }
    Training linear = Training.run(LINEAR, data, seed, device, null, TrainingProgress.silent());
    if (linear.stopped()) {
      return false;
    }
    Map<String, String> accuracies = new LinkedHashMap<>();
    accuracies.put("this network", percent(trained.test().accuracy()));
    accuracies.put("linear softmax", percent(linear.test().accuracy()));
    accuracies.put(
        "nearest neighbour", percent(NearestNeighbour.accuracy(data.train(), data.test(), device)));
    accuracies.forEach((name, value) -> say("test accuracy %-18s %s", name, value));

    int[] rows = Explanations.oneOfEach(data.test());
    var explained =
        Explanations.of(
            trained.model(),
            data.test(),
            Reference.usual(data.train().inputs()),
            rows,
            Methods.FEW,
            Target.predicted(),
            device,
            Progress.silent());
    write(w, data, trained, accuracies, explained);
    say("explained %d test digits; open %s", rows.length, folder.file(PAGE));
    return true;
  }

  private void write(
      Workload w,
      Split data,
      Training trained,
      Map<String, String> accuracies,
      Explanations explained)
      throws IOException {
    explained.grid().save(folder.file(Explanations.GRID));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put(RunFolder.MODEL, trained.model().hash());
    for (Map.Entry<String, Attribution> e : explained.byMethod().entrySet()) {
      hashes.put(e.getKey(), e.getValue().hash());
      explained
          .overlay(e.getKey(), SHOWN % explained.rows().length)
          .save(folder.file(e.getKey() + ".png"));
    }
    Seeds seeds = Seeds.of(w, List.of(Seeds.One.of(seed, trained)));
    Map<String, Object> json = Runs.record(w, data, trained, seeds, device);
    json.put("accuracies", accuracies);
    json.put("explained_rows", explained.rows());
    json.put("hashes", hashes);
    Runs.write(folder, json, trained.model());
    folder.text(PAGE, page(w, Configuration.of(w, data, seed), accuracies, hashes));
    folder.dropCheckpoint(seed);
  }

  private String page(
      Workload w,
      Map<String, String> configuration,
      Map<String, String> accuracies,
      Map<String, String> hashes) {
    return new Page("Vitrine: " + w.name())
        .picture(
            "One digit of each class, explained",
            Explanations.GRID,
            "Red pixels speak for the predicted class, blue ones against it; saliency shows how"
                + " much each pixel matters.")
        .facts("Test accuracy", accuracies)
        .facts("How it was made", configuration)
        .facts("Hashes: the same on every machine", hashes)
        .facts("Where it was made", Environment.of(device))
        .html();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }

  private void say(String format, Object... args) {
    out.printf(Locale.ROOT, format + "%n", args);
    out.flush();
  }
}
