package dev.vitrine.bench.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Explanations;
import dev.vitrine.bench.run.Judges;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.view.Heatmap;
import dev.vitrine.xai.view.ImageGrid;
import dev.vitrine.xai.view.Tile;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One page about a trained model: what it is, how good, how wrong, and why it says so. */
public final class Report {
  /** What the command line asks for. */
  public record Asked(int[] rows, List<String> methods, List<String> metrics) {}

  /** A line of two cells. */
  record Fact(String name, String value) {}

  private static final int SUMMARISED = 500;

  private final RunRecord run;
  private final Model model;
  private final Dataset test;
  private final Reference reference;
  private final Device device;
  private final Asked asked;
  private final Progress progress;

  /** {@code model}: the one that {@code run} speaks of. */
  public Report(
      RunRecord run, Model model, Split data, Device device, Asked asked, Progress progress) {
    this.run = run;
    this.model = model;
    this.test = data.test();
    this.reference = Reference.usual(data.train().inputs());
    this.device = device;
    this.asked = asked;
    this.progress = progress;
  }

  /** Usual metrics, where they serve such inputs. */
  public static List<String> metrics() {
    var metrics = List.of("deletion", "insertion", "faithfulness-correlation", "max-sensitivity");
    return metrics.stream().filter(Judges.all()::contains).toList();
  }

  /** Usual methods, where they serve this network. */
  public static List<String> methods(List<String> serving) {
    var few =
        List.of(
            "saliency",
            "input-x-gradient",
            "integrated-gradients",
            "deeplift",
            "lrp-epsilon",
            "grad-cam",
            "kernel-shap",
            "lime");
    var chosen = new ArrayList<>(few.stream().filter(serving::contains).toList());
    chosen.add(Methods.RANDOM);
    return chosen;
  }

  /** Computes and writes it; {@code command} made it. */
  public void write(Path file, String command) throws IOException {
    String html = html(command);
    AtomicFile.write(file, html.getBytes(StandardCharsets.UTF_8));
  }

  String html(String command) throws IOException {
    Answers answers = Answers.of(model, test, device);
    Performance performance = Performance.of(answers, test.classes());
    Map<String, Object> page = new LinkedHashMap<>();
    String name = run.configuration().getOrDefault("workload", "model");
    page.put("title", "%s on %s".formatted(name.equals("own") ? "A model" : name, test.name()));
    page.put(
        "summary", "What this network learnt, where it is wrong, and what its answers rest on.");
    page.put(
        "facts",
        List.of(
            new Fact("test accuracy", performance.accuracy()),
            new Fact("test rows", String.valueOf(test.size())),
            new Fact("parameters", "%,d".formatted(model.size())),
            new Fact("epochs", String.valueOf(run.losses().size()))));
    page.put("configuration", facts(run.configuration()));
    page.put("environment", facts(run.environment()));
    page.put("training", List.of());
    page.put("performance", performance);
    page.put("mistakes", mistakes(answers));
    page.put("methods", methods());
    page.put("examples", examples());
    page.put("global", global());
    page.put("commands", List.of(run.command(), command));
    page.put("hashes", List.of(new Fact("model.safetensors", run.hash())));
    return template("report.html").execute(page);
  }

  private static List<Fact> facts(Map<String, String> of) {
    return of.entrySet().stream().map(e -> new Fact(e.getKey(), e.getValue())).toList();
  }

  private static Template template(String name) {
    return Mustache.compiler().withLoader(part -> resource(part + ".html")).compile(resource(name));
  }

  private static Reader resource(String name) {
    return new InputStreamReader(
        Objects.requireNonNull(Report.class.getResourceAsStream(name), name),
        StandardCharsets.UTF_8);
  }

  private Mistakes mistakes(Answers answers) {
    int[] surest = Mistakes.surest(answers);
    if (surest.length == 0 || !areImages()) {
      return Mistakes.of(answers, test.classes(), surest, null);
    }
    Figure explained =
        Figure.of(
            explained(surest).grid(),
            "The wrongly classified images with their explanations, a row each",
            "Red pixels speak for the class that the model named, blue ones against it.");
    return Mistakes.of(answers, test.classes(), surest, explained);
  }

  private Explanations explained(int[] rows) {
    List<String> shown = asked.methods().stream().filter(m -> !m.equals(Methods.RANDOM)).toList();
    return Explanations.of(
        model, test, reference, rows, shown, Target.predicted(), device, progress);
  }

  private MethodTable methods() {
    try (Subject subject = Subject.of(model, device)) {
      var comparison = new Comparison(List.of(subject), test, asked.rows(), asked.metrics());
      comparison.show(progress, asked.methods().size());
      for (String m : asked.methods()) {
        comparison.add(m, Methods.of(m, reference));
      }
      return MethodTable.of(asked.rows().length, comparison.methods());
    }
  }

  private List<Figure> examples() {
    return areImages()
        ? List.of(
            Figure.of(
                explained(Explanations.oneOfEach(test)).grid(),
                "The first test image of each class with its explanations, a row each",
                "The first test image of each class; the colours of a column share a scale."))
        : List.of();
  }

  /** Mean |x·g| by predicted class. */
  private List<Figure> global() {
    if (!areImages()) {
      return List.of();
    }
    Attribution a;
    int rows = Math.min(SUMMARISED, test.size());
    try (Subject subject = Subject.of(model, device)) {
      a = new InputXGradient().explain(subject, test.inputs().rows(0, rows), Target.predicted());
    }
    var byClass = new TreeMap<>(AttributionSummary.of(a).byClass());
    int[] shape = test.inputs().shape().without(0).dims();
    String[] captions =
        byClass.keySet().stream().map(c -> test.classes().get(c)).toArray(String[]::new);
    Tile[] maps =
        byClass.values().stream()
            .map(m -> Heatmap.of(floats(m.amount()), shape))
            .toArray(Tile[]::new);
    return List.of(
        Figure.of(
            ImageGrid.columns(captions).row("mean", maps),
            "A heatmap for each class",
            "Mean |input × gradient| over the first %d test images, by predicted class: where the answers rest on."
                .formatted(rows)));
  }

  private static float[] floats(double[] values) {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return f;
  }

  private boolean areImages() {
    return test.inputs().shape().rank() == 4;
  }
}
