package dev.vitrine.bench.experiment;

import dev.vitrine.bench.experiment.Experiment.Published;
import dev.vitrine.bench.experiment.Outcome.Method;
import dev.vitrine.bench.experiment.Outcome.Score;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An experiment that was done again.
 *
 * @param then what is on record; null if nothing is
 */
public record Reproduced(
    String name,
    Experiment experiment,
    Outcome now,
    @Nullable Outcome then,
    Verdict verdict,
    double seconds) {

  /** A figure of others beside ours; NaN where this experiment has none. */
  record Beside(Published theirs, double ours) {
    /** As a line says it. */
    @Override
    public String toString() {
      String deviation =
          theirs.deviation() == null
              ? ""
              : String.format(Locale.ROOT, " (± %.4f)", theirs.deviation());
      return String.format(
          Locale.ROOT,
          "%s: %.4f, published %.4f%s, %s",
          what(),
          ours,
          theirs.value(),
          deviation,
          theirs.source());
    }

    String what() {
      return theirs.isAccuracy() ? "accuracy" : theirs.metric() + " of " + theirs.method();
    }
  }

  /** What others published, beside what came out now. */
  List<Beside> published() {
    return experiment.published().stream().map(p -> new Beside(p, ours(p))).toList();
  }

  private double ours(Published p) {
    if (p.isAccuracy()) {
      return now.accuracy();
    }
    var explained = Objects.requireNonNull(now.explained(), () -> name + " explains nothing");
    Method method = explained.methods().get(p.method());
    Score score = method == null ? null : method.metrics().get(p.metric());
    return score == null ? Double.NaN : score.mean();
  }

  /** For people: the verdict, and a line for each published figure. */
  public String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-22s %s (%d %s, accuracy %.4f)%n",
            name,
            verdict,
            now.models().size(),
            now.models().size() == 1 ? "model" : "models",
            now.accuracy()));
    published().forEach(p -> text.append("  ").append(p).append(System.lineSeparator()));
    return text.toString();
  }
}
