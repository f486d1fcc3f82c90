package dev.vitrine.bench.experiment;

import dev.vitrine.bench.run.Optimizers;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Workload;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is trained, explained and judged, as its file says it.
 *
 * @param about one sentence for people
 * @param data a name that {@code DataSets} knows
 * @param model specification of the layers
 * @param explanations what is asked of the trained models; null if nothing is
 * @param published figures of others, which ours are shown beside
 */
public record Experiment(
    String about,
    String data,
    String model,
    Training training,
    @Nullable Explanations explanations,
    List<Published> published) {

  /**
   * How models are trained.
   *
   * @param optimizer a name that {@code Optimizers} knows
   * @param seeds of one model each
   */
  public record Training(String optimizer, float rate, int batch, int epochs, String seeds) {
    public Training {
      needed("training.optimizer", optimizer);
      needed("training.seeds", seeds);
    }
  }

  /**
   * How models are explained, and what judges that.
   *
   * @param seeds of the models that are explained
   * @param rows of the test rows
   * @param missing what stands where a method hides a feature, {@code zeros} or {@code data}; null:
   *     what is usual for such rows
   */
  public record Explanations(
      String seeds,
      String rows,
      @Nullable String missing,
      List<String> methods,
      List<String> metrics) {
    public Explanations {
      needed("explanations.seeds", seeds);
      needed("explanations.rows", rows);
      needed("explanations.methods", methods);
      needed("explanations.metrics", metrics);
    }
  }

  /**
   * A figure of others.
   *
   * @param metric {@code accuracy}, or the name of a metric
   * @param method the method that it judges; null for the accuracy
   * @param deviation as they state it; null if they don't
   * @param seeds how many models it is the mean of; null if they don't say
   * @param differs what is known to be different there
   */
  public record Published(
      String metric,
      @Nullable String method,
      double value,
      @Nullable Double deviation,
      @Nullable Integer seeds,
      String source,
      @Nullable String differs) {

    public Published {
      needed("published.metric", metric);
      needed("published.source", source);
      if (!metric.equals(ACCURACY)) {
        needed("published.method", method);
      }
    }

    /** The metric by which accuracies are published. */
    static final String ACCURACY = "accuracy";

    boolean isAccuracy() {
      return metric.equals(ACCURACY);
    }
  }

  /** What a file does not say is null. */
  public Experiment {
    needed("about", about);
    needed("data", data);
    needed("model", model);
    needed("training", training);
    published = Objects.requireNonNullElse(published, List.of());
  }

  private static void needed(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("\"%s\" is missing".formatted(name));
    }
  }

  /** What one of its models is. */
  public Workload workload(String name) {
    return new Workload(
        name,
        data,
        model,
        Optimizers.named(training.optimizer, training.rate),
        training.batch,
        training.epochs,
        reference());
  }

  private Workload.@Nullable Reference reference() {
    for (Published p : published) {
      if (p.isAccuracy() && p.deviation != null && p.seeds != null) {
        return new Workload.Reference(p.value, p.deviation, p.seeds);
      }
    }
    return null;
  }

  /** The seeds of its models. */
  public int[] seeds() {
    return Range.parse("seeds", training.seeds).values();
  }

  /** All that decides what comes out, in one line. */
  String asked() {
    return "%s, %s, %s, %s".formatted(data, model, training, explanations);
  }
}
