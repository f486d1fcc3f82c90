package dev.vitrine.bench.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Judges;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.train.Callback;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.chart.TrainingCurves;
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

/** One page about a trained model: what it is, how good, how wrong, and why it says so. */
public final class Report {
  /** What the command line asks for. */
  public record Asked(int[] rows, List<String> methods, List<String> metrics) {}

  /** A line of two cells. */
  record Fact(String name, String value) {}

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
    page.put("training", training());
    page.put("performance", performance);
    Views views = views();
    page.put("mistakes", mistakes(answers, views));
    compare(page);
    page.put("examples", views.examples());
    page.put("global", views.global());
    page.put("commands", List.of(run.command(), command));
    page.put("hashes", List.of(new Fact("model", run.hash())));
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

  private Mistakes mistakes(Answers answers, Views views) {
    int[] surest = Mistakes.surest(answers);
    List<Figure> explained = surest.length == 0 ? List.of() : views.mistakes(surest);
    return Mistakes.of(answers, test.classes(), surest, explained);
  }

  private Views views() {
    if (test.inputs().shape().rank() != 4) {
      return new TableViews(model, test, device);
    }
    List<String> shown = asked.methods().stream().filter(m -> !m.equals(Methods.RANDOM)).toList();
    return new ImageViews(model, test, reference, shown, device, progress);
  }

  private List<Figure> training() {
    var epochs = new ArrayList<Callback.Epoch>();
    for (double loss : run.losses()) {
      epochs.add(new Callback.Epoch(epochs.size(), loss, 0, null));
    }
    return epochs.size() < 2
        ? List.of()
        : List.of(Figure.of(TrainingCurves.of(epochs), "The mean loss of each epoch."));
  }

  /** Methods by metrics, as a table and as curves. */
  private void compare(Map<String, Object> page) {
    try (Subject subject = Subject.of(model, device)) {
      var comparison = new Comparison(List.of(subject), test, asked.rows(), asked.metrics());
      comparison.show(progress, asked.methods().size());
      for (String m : asked.methods()) {
        comparison.add(m, Methods.of(m, reference));
      }
      page.put("methods", MethodTable.of(asked.rows().length, comparison.methods()));
      page.put("removals", Removals.of(comparison));
      page.put("random", asked.methods().contains(Methods.RANDOM));
    }
  }
}
