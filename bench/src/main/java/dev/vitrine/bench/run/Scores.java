package dev.vitrine.bench.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.measure.Quartiles;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.metric.Deletion;
import dev.vitrine.xai.metric.Insertion;
import dev.vitrine.xai.metric.Removal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well methods explain the same rows of a data set: the areas under the deletion and the
 * insertion curve of the predicted class's probability, the gap to completeness, and what they cost
 * beside one gradient.
 */
public final class Scores {
  /** The columns of {@link #add}. */
  public static final String HEAD =
      String.format(
          "%-24s %8s %9s %9s %11s %7s",
          "method", "deletion", "insertion", "passes", "gap", "steps");

  private static final int STEPS = 56;
  private static final int MOST_ROUNDS = 15;

  /** Nanoseconds of rounds after which there are enough of them. */
  private static final double ENOUGH = 3e9;

  private final Subject subject;
  private final Tensor inputs;
  private final Deletion deleted;
  private final Insertion inserted;
  private final Target target;
  private final List<Score> all = new ArrayList<>();

  /** One method's figures: per row, and their means. */
  record Score(
      String method,
      @JsonProperty("mean_deletion") double meanDeletion,
      @JsonProperty("mean_insertion") double meanInsertion,
      double passes,
      double[] deletion,
      double[] insertion,
      float @Nullable [] gap,
      int @Nullable [] steps,
      boolean @Nullable [] converged) {}

  /** {@code step}: elements that change at once; null = a 56th of a row. */
  public Scores(Subject subject, Dataset data, int[] rows, @Nullable Integer step) {
    this.subject = subject;
    this.inputs = Explanations.select(data, rows);
    int size = Math.toIntExact(inputs.size() / rows.length);
    int together = step == null ? Math.ceilDiv(size, STEPS) : step;
    this.deleted = new Deletion(Removal.zeros(), together);
    this.inserted = new Insertion(Removal.zeros(), together);
    this.target = Target.predicted();
  }

  /** Explains and scores; gives a line for people. */
  public String add(String name, Explainer method) {
    Attribution a = method.explain(subject, inputs, target);
    double[] deletion;
    double[] insertion;
    try (Question q = Question.of(subject, inputs, 0, Target.of(a.classes()).probability())) {
      deletion = deleted.of(q, method, a);
      insertion = inserted.of(q, method, a);
    }
    var c = a.convergence();
    var score =
        new Score(
            name,
            mean(deletion),
            mean(insertion),
            cost(method, a.classes()),
            deletion,
            insertion,
            c == null ? null : c.gap(),
            c == null ? null : c.steps(),
            c == null ? null : c.converged());
    all.add(score);
    return line(score);
  }

  /**
   * The time of an explanation over that of the gradient, taken in turns: the median of some
   * rounds, of fewer where they take long. Both have run before.
   */
  private double cost(Explainer method, int[] classes) {
    Target known = Target.of(classes);
    var gradient = new Saliency(true);
    time(gradient, known);
    var ratios = new ArrayList<Double>();
    double spent = 0;
    while (ratios.isEmpty() || ratios.size() < MOST_ROUNDS && spent < ENOUGH) {
      double one = time(gradient, known);
      double all = time(method, known);
      ratios.add(all / one);
      spent += all;
    }
    return Quartiles.of(ratios).median();
  }

  /** Nanoseconds. */
  private double time(Explainer method, Target known) {
    long start = System.nanoTime();
    method.explain(subject, inputs, known);
    return System.nanoTime() - start;
  }

  private static String line(Score s) {
    String line =
        String.format(
            Locale.ROOT,
            "%-24s %8.3f %9.3f %9.2f",
            s.method,
            s.meanDeletion,
            s.meanInsertion,
            s.passes);
    if (s.gap == null || s.steps == null || s.converged == null) {
      return line;
    }
    double[] sizes =
        IntStream.range(0, s.gap.length).mapToDouble(r -> Math.abs(s.gap[r])).toArray();
    int[] steps = s.steps.clone();
    Arrays.sort(steps);
    long missed = IntStream.range(0, s.converged.length).filter(r -> !s.converged[r]).count();
    return line
        + String.format(
            Locale.ROOT,
            " %11.2g %7d%s",
            mean(sizes),
            steps[steps.length / 2],
            missed == 0 ? "" : ", " + missed + " rows missed the tolerance");
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** The scores of each row as JSON. */
  public void write(Path file) throws IOException {
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    AtomicFile.write(
        file, (mapper.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
