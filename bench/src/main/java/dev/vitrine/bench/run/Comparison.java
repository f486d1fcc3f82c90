package dev.vitrine.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.metric.Area;
import dev.vitrine.xai.metric.Curve;
import dev.vitrine.xai.metric.Estimate;
import dev.vitrine.xai.metric.Metric;
import dev.vitrine.xai.metric.Metric.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Methods by metrics: what each metric says of each method's explanations of the same rows, as a
 * mean with a 95 % confidence interval: over the rows, or over several models of the means of their
 * rows. The class that a model predicts for a row is explained; metrics of outputs look at its
 * probability, of networks with one output at that.
 */
public final class Comparison {
  /** Wide enough for a mean and half of an interval. */
  private static final int NARROWEST = 15;

  private final List<Subject> subjects;
  private final String data;
  private final int[] rows;
  private final Tensor inputs;
  private final List<int[]> classes;
  private final Map<String, Judges.Judge> judges = new LinkedHashMap<>();
  private final List<Row> table = new ArrayList<>();
  private final Map<String, SequencedMap<String, List<Curve>>> curves = new LinkedHashMap<>();
  private Progress progress = Progress.silent();
  private long done;
  private long parts;

  /** What a metric said of a method: of each row of each model, and the mean. */
  public record Cell(String metric, Direction better, Estimate estimate, List<float[]> values) {}

  /**
   * One method.
   *
   * @param attributions the hash of those of each model
   */
  public record Row(
      String method, Map<String, String> settings, List<String> attributions, List<Cell> metrics) {}

  /** Everything, as it is written. */
  record File(
      List<String> models,
      String data,
      String inputs,
      int[] rows,
      List<int[]> classes,
      String device,
      Map<String, Map<String, String>> metrics,
      List<Row> methods) {}

  /** {@code models}: at least one; they take the same rows. */
  public Comparison(List<Subject> models, Dataset data, int[] rows, List<String> metrics) {
    this.subjects = List.copyOf(models);
    this.data = data.name();
    this.rows = rows.clone();
    this.inputs = Explanations.select(data, rows);
    for (String name : metrics) {
      judges.put(name, Judges.of(name, inputs.shape().without(0)));
    }
    this.classes = subjects.stream().map(this::predicted).toList();
  }

  private int[] predicted(Subject subject) {
    try (Question q = Question.of(subject, inputs, 0, Target.predicted())) {
      return q.classes();
    }
  }

  /** The names of the columns; an arrow says what is better. */
  public String head() {
    var text = new StringBuilder(String.format("%-24s", "method"));
    judges.forEach((name, judge) -> {
      boolean higher = judge.metric().direction() == Direction.HIGHER;
      text.append(right(name + (higher ? " ↑" : " ↓"), name));
    });
    return text.toString();
  }

  /** Shows how far it is from now on, if so many methods are to come. */
  public void show(Progress by, int methods) {
    progress = by;
    done = 0;
    parts = (long) methods * subjects.size() * (1 + judges.size());
  }

  private void next(String method, String metric) {
    progress.at(done++, parts, Map.of("next", method + metric));
  }

  /** The methods so far. */
  public List<Row> methods() {
    return List.copyOf(table);
  }

  /** Hash of the rows that are explained. */
  public String inputs() {
    return TensorHash.of(inputs);
  }

  /** Explains and judges; gives a line for people. */
  public String add(String name, Explainer method) {
    var explained = new ArrayList<Attribution>();
    for (int m = 0; m < subjects.size(); m++) {
      try (Question q = about(m, Target.of(classes.get(m)))) {
        next(name, "");
        explained.add(method.explain(q));
      }
    }
    var cells = new ArrayList<Cell>();
    judges.forEach((metric, judge) -> {
      var values = new ArrayList<double[]>();
      for (int m = 0; m < subjects.size(); m++) {
        try (Question q = about(m, judge.probability() ? shown(m) : Target.of(classes.get(m)))) {
          next(name, " by " + metric);
          values.add(judged(name, metric, judge.metric(), q, method, explained.get(m)));
        }
      }
      Direction better = judge.metric().direction();
      var rounded = values.stream().map(Comparison::rounded).toList();
      cells.add(new Cell(metric, better, estimate(values), rounded));
    });
    var hashes = explained.stream().map(Attribution::hash).toList();
    table.add(new Row(name, sorted(method.settings()), hashes, cells));
    return line(name, cells);
  }

  /** A JVM draws the order of Map.of's entries; the file has the same bytes from each of them. */
  private static Map<String, String> sorted(Map<String, String> settings) {
    return new TreeMap<>(settings);
  }

  /** Keeps the curves of what is the area under one. */
  private double[] judged(
      String name, String metric, Metric by, Question q, Explainer method, Attribution a) {
    if (!(by instanceof Area area)) {
      return by.of(q, method, a);
    }
    List<Curve> of = area.curves(q, a);
    curves
        .computeIfAbsent(metric, m -> new LinkedHashMap<>())
        .computeIfAbsent(name, n -> new ArrayList<>())
        .addAll(of);
    return of.stream().mapToDouble(Curve::area).toArray();
  }

  /**
   * Of each method so far the curves of all rows, which a metric such as deletion is the area
   * under; none of other metrics.
   */
  public SequencedMap<String, List<Curve>> curves(String metric) {
    return curves.getOrDefault(metric, new LinkedHashMap<>());
  }

  private Question about(int model, Target target) {
    return Question.of(subjects.get(model), inputs, 0, target);
  }

  /** Over the rows of one model, or over the means of several. */
  private static Estimate estimate(List<double[]> values) {
    return values.size() == 1
        ? Estimate.normal(values.getFirst())
        : Estimate.normal(values.stream().mapToDouble(v -> Estimate.normal(v).mean()).toArray());
  }

  /** The probability of the class; a network with one output has no other class to compare with. */
  private Target shown(int model) {
    Target target = Target.of(classes.get(model));
    int outputs = subjects.get(model).outputs(inputs.rows(0, 1)).shape().dim(1);
    return outputs == 1 ? target : target.probability();
  }

  private static String line(String name, List<Cell> cells) {
    var text = new StringBuilder(String.format("%-24s", name));
    for (Cell c : cells) {
      Estimate e = c.estimate();
      String mean = String.format(Locale.ROOT, "%.3f ± %.3f", e.mean(), e.interval().half());
      text.append(right(e.rows() == 0 ? "-" : mean, c.metric()));
    }
    return text.toString();
  }

  /** As many digits as outputs have. */
  private static float[] rounded(double[] values) {
    float[] all = new float[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = (float) values[i];
    }
    return all;
  }

  /** In the column of a metric. */
  private static String right(String text, String metric) {
    return String.format(" %" + Math.max(metric.length() + 2, NARROWEST) + "s", text);
  }

  /** The whole comparison as JSON. */
  public void write(Path file) throws IOException {
    var settings = new LinkedHashMap<String, Map<String, String>>();
    judges.forEach((name, judge) -> settings.put(name, sorted(judge.metric().settings())));
    var all =
        new File(
            subjects.stream().map(Subject::hash).toList(),
            data,
            inputs(),
            rows,
            classes,
            subjects.getFirst().device().toString(),
            settings,
            table);
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    AtomicFile.write(
        file, (mapper.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
