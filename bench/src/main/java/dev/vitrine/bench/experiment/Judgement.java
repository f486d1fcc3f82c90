package dev.vitrine.bench.experiment;

import dev.vitrine.bench.experiment.Outcome.Explained;
import dev.vitrine.bench.experiment.Outcome.Method;
import dev.vitrine.bench.experiment.Outcome.Score;
import dev.vitrine.bench.experiment.Outcome.Trained;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares what came out now with what came out then, in the order in which it was made. */
final class Judgement {
  /** Of an accuracy: an interval of 95 %. */
  private static final double STANDARD_ERRORS = 2;

  private @Nullable String first;
  private final List<Figure> figures = new ArrayList<>();

  /** A number in both outcomes, and by how much it may be off. */
  private record Figure(String name, double now, double then, double allowed) {
    double off() {
      return Double.isNaN(now) && Double.isNaN(then) ? 0 : Math.abs(now - then);
    }

    /** By how many times too much; a number that is one of both only is infinitely far off. */
    double excess() {
      double excess = off() == 0 ? 0 : off() / allowed;
      return Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
    }
  }

  private Judgement() {}

  /** Of an outcome and the one on record, if there is one. */
  static Verdict of(Outcome now, @Nullable Outcome then) {
    if (then == null) {
      return new Verdict.Unrecorded("nothing is on record");
    }
    if (!then.asked().equals(now.asked())) {
      return new Verdict.Unrecorded(
          "the record is of another experiment, %s".formatted(then.asked()));
    }
    var j = new Judgement();
    j.same("the training rows", now.train(), then.train());
    j.same("the test rows", now.test(), then.test());
    for (int i = 0; i < then.models().size(); i++) {
      j.trained(now.models().get(i), then.models().get(i), then.rows());
    }
    if (now.explained() != null && then.explained() != null) {
      j.explained(now.explained(), then.explained());
    }
    return j.verdict();
  }

  private void same(String what, Object now, Object then) {
    if (first == null && !now.equals(then)) {
      first = what;
    }
  }

  private void trained(Trained now, Trained then, int rows) {
    String seed = "seed " + then.seed() + ": ";
    same(seed + "the first weights", now.first(), then.first());
    if (!now.hash().equals(then.hash())) {
      boolean known = now.steps() != null && then.steps() != null;
      String where = known ? step(now.steps(), then.steps()) : "its training";
      same(seed + where, now.hash(), then.hash());
    }
    double p = then.accuracy();
    double error = Math.sqrt(p * (1 - p) / rows);
    figure(seed + "accuracy", now.accuracy(), p, STANDARD_ERRORS * error);
  }

  private static String step(@Nullable Trace now, @Nullable Trace then) {
    return Objects.requireNonNull(now).firstDifference(Objects.requireNonNull(then)).toString();
  }

  private void explained(Explained now, Explained then) {
    same("the explained rows", now.inputs(), then.inputs());
    then.methods()
        .forEach((name, method) -> {
          Method ours = Objects.requireNonNull(now.methods().get(name));
          same(name, ours.attributions(), method.attributions());
          scores(name, ours.metrics(), method.metrics());
        });
  }

  private void scores(String method, Map<String, Score> now, Map<String, Score> then) {
    then.forEach((metric, score) -> {
      Score ours = Objects.requireNonNull(now.get(metric));
      String name = metric + " of " + method;
      same(name, ours.values(), score.values());
      figure(name, ours.mean(), score.mean(), score.half());
    });
  }

  private void figure(String name, double now, double then, double allowed) {
    figures.add(new Figure(name, now, then, allowed));
    same(name, now, then);
  }

  private Verdict verdict() {
    if (first == null) {
      return new Verdict.SameBits();
    }
    Figure worst = Collections.max(figures, Comparator.comparingDouble(Figure::excess));
    double most = figures.stream().mapToDouble(Figure::off).max().orElse(0);
    return worst.excess() <= 1
        ? new Verdict.SameWithin(most, first)
        : new Verdict.Different(worst.name(), worst.now(), worst.then(), first);
  }
}
