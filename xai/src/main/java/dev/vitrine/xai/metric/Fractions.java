package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import java.util.List;

/** Shares of the features of a row. */
final class Fractions {
  /** DeYoung et al. 2020, section 4.2. */
  static final List<Double> ERASER = List.of(0.01, 0.05, 0.1, 0.2, 0.5);

  /** How a set is made of the first k of an order. */
  interface Part {
    void add(Coalitions sets, int[] order, int k);
  }

  private Fractions() {}

  /** Refuses what is not in (0, 1). */
  static List<Double> checked(List<Double> fractions) {
    if (fractions.isEmpty() || fractions.stream().anyMatch(p -> !(p > 0 && p < 1))) {
      throw new IllegalArgumentException(
          "fractions %s: at least one is needed, each between 0 and 1".formatted(fractions));
    }
    return List.copyOf(fractions);
  }

  /** ⌊p·m⌋, but at least 1. */
  static int count(double fraction, int m) {
    return Math.max(1, (int) (fraction * m));
  }

  /** The mean over fractions of f(x) − v(a set made of the most relevant features). */
  static double[] drops(
      Removal removal, List<Double> fractions, Part part, Question q, Attribution a) {
    return removal.judge(
        q,
        a,
        row -> {
          int[] first = Order.MOST_RELEVANT_FIRST.of(row.scores());
          var sets = new Coalitions(row.count());
          sets.addAll();
          fractions.forEach(p -> part.add(sets, first, count(p, row.count())));
          return sets;
        },
        (row, v) -> {
          double sum = 0;
          for (int i = 1; i < v.length; i++) {
            sum += v[0] - v[i];
          }
          return sum / (v.length - 1);
        });
  }
}
