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
import dev.vitrine.xai.metric.Interval;
import dev.vitrine.xai.metric.Metric.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Methods by metrics: what each metric says of each method's explanations of the same rows, as a
 * mean with a 95 % confidence interval over the rows. The predicted class of each row is explained;
 * metrics of outputs look at its probability, of networks with one output at that.
 */
public final class Comparison {
  /** Wide enough for a mean and half of an interval. */
  private static final int NARROWEST = 15;

  private final Subject subject;
  private final String data;
  private final int[] rows;
  private final Tensor inputs;
  private final int[] classes;
  private final Map<String, Judges.Judge> judges = new LinkedHashMap<>();
  private final List<Row> table = new ArrayList<>();

  /** What a metric said of a method: of each row, and their mean. */
  record Cell(String metric, Direction better, Interval interval, float[] values) {}

  /** One method. */
  record Row(
      String method, Map<String, String> settings, String attributions, List<Cell> metrics) {}

  /** Everything, as it is written. */
  record File(
      String model,
      String data,
      String inputs,
      int[] rows,
      int[] classes,
      String device,
      Map<String, Map<String, String>> metrics,
      List<Row> methods) {}

  public Comparison(Subject subject, Dataset data, int[] rows, List<String> metrics) {
    this.subject = subject;
    this.data = data.name();
    this.rows = rows.clone();
    this.inputs = Explanations.select(data, rows);
    for (String name : metrics) {
      judges.put(name, Judges.of(name, inputs.shape().without(0)));
    }
    try (Question q = Question.of(subject, inputs, 0, Target.predicted())) {
      this.classes = q.classes();
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

  /** Explains and judges; gives a line for people. */
  public String add(String name, Explainer method) {
    var cells = new ArrayList<Cell>();
    Target target = Target.of(classes);
    String hash;
    try (Question asked = Question.of(subject, inputs, 0, target);
        Question said = Question.of(subject, inputs, 0, shown(target))) {
      Attribution a = method.explain(asked);
      hash = a.hash();
      judges.forEach((metric, judge) -> {
        Question q = judge.probability() ? said : asked;
        double[] values = judge.metric().of(q, method, a);
        Direction better = judge.metric().direction();
        cells.add(new Cell(metric, better, Interval.normal(values), rounded(values)));
      });
    }
    table.add(new Row(name, method.settings(), hash, cells));
    return line(name, cells);
  }

  /** The probability of the class; a network with one output has no other class to compare with. */
  private Target shown(Target target) {
    int outputs = subject.outputs(inputs.rows(0, 1)).shape().dim(1);
    return outputs == 1 ? target : target.probability();
  }

  private static String line(String name, List<Cell> cells) {
    var text = new StringBuilder(String.format("%-24s", name));
    for (Cell c : cells) {
      Interval i = c.interval();
      String mean = String.format(Locale.ROOT, "%.3f ± %.3f", i.mean(), (i.high() - i.low()) / 2);
      text.append(right(i.rows() == 0 ? "-" : mean, c.metric()));
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
    judges.forEach((name, judge) -> settings.put(name, judge.metric().settings()));
    var all =
        new File(
            subject.hash(),
            data,
            TensorHash.of(inputs),
            rows,
            classes,
            subject.device().toString(),
            settings,
            table);
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    AtomicFile.write(
        file, (mapper.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
