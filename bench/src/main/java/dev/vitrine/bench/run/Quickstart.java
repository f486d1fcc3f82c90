package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * From pixels to heatmap: trains the small network, compares it with simpler ones, explains one
 * digit of each.
 */
public final class Quickstart {
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
    try (var progress = new Progress(out, "training")) {
      trained = Training.run(w, data, seed, device, folder.checkpoint(), progress);
    }
    if (trained.stopped()) {
      say("stopped; the same command goes on from here");
      return false;
    }
    Map<String, String> accuracies = new LinkedHashMap<>();
    accuracies.put("this network", percent(trained.test().accuracy()));
    accuracies.put("linear softmax", percent(linear(data)));
    accuracies.put(
        "nearest neighbour", percent(NearestNeighbour.accuracy(data.train(), data.test(), device)));
    accuracies.forEach((name, value) -> say("test accuracy %-18s %s", name, value));

    int[] rows = Explanations.oneOfEach(data.test());
    var explained =
        Explanations.of(
            trained.model(), data.test(), rows, Explanations.METHODS, Target.predicted(), device);
    write(w, data, trained, accuracies, explained);
    say("explained %d test digits; open %s", rows.length, folder.file("index.html"));
    return true;
  }

  private double linear(Split data) throws IOException {
    var w =
        new Workload("linear", "", "flatten linear(784, 10)", Optimizer.adam(1e-3f), 64, 6, null);
    var quiet = new dev.vitrine.nn.train.Callback() {};
    return Training.run(w, data, seed, device, null, quiet).test().accuracy();
  }

  private void write(
      Workload w,
      Split data,
      Training trained,
      Map<String, String> accuracies,
      Explanations explained)
      throws IOException {
    folder.model(trained.model());
    explained.grid().save(folder.file("explanations.png"));
    Map<String, String> hashes = new LinkedHashMap<>();
    hashes.put("model", trained.model().hash());
    for (Map.Entry<String, Attribution> e : explained.byMethod().entrySet()) {
      hashes.put(e.getKey(), e.getValue().hash());
      explained
          .overlay(e.getKey(), 7 % explained.rows().length)
          .save(folder.file(e.getKey() + ".png"));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, String> configuration = Configuration.of(w, data, seed);
    json.put("configuration", configuration);
    json.put("environment", Environment.of(device));
    json.put("test", Map.of("accuracy", trained.test().accuracy(), "loss", trained.test().loss()));
    json.put("accuracies", accuracies);
    json.put("seconds", trained.seconds());
    json.put("explained_rows", explained.rows());
    json.put("hashes", hashes);
    folder.json(json);
    folder.text(
        "index.html",
        new Page("Vitrine: " + w.name())
            .picture(
                "One digit of each class, explained",
                "explanations.png",
                "Red pixels speak for the predicted class, blue ones against it; saliency shows how much each pixel matters.")
            .facts("Test accuracy", accuracies)
            .facts("How it was made", configuration)
            .facts("Hashes: the same on every machine", hashes)
            .facts("Where it was made", Environment.of(device))
            .html());
    folder.dropCheckpoint();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.4f", share);
  }

  private void say(String format, Object... args) {
    out.printf(Locale.ROOT, format + "%n", args);
    out.flush();
  }
}
