package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import java.util.Map;

/**
 * The smallest k for which the k features with the largest |a| explain the row well enough: (f(x) −
 * v(they alone))² ≤ tolerance·(f(x) − v(∅))² (Nguyen and Martínez 2020, with squared loss relative
 * to that of knowing nothing). From 1 to the number of features, low is simple; NaN where f(x) =
 * v(∅): there is nothing to explain.
 *
 * @param tolerance the share of the loss that may remain, 0 or more and less than 1
 */
public record EffectiveComplexity(Removal removal, double tolerance) implements Metric {
  public EffectiveComplexity {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "tolerance: " + tolerance + " given, a number from 0 to below 1 is needed");
    }
  }

  @Override
  public String name() {
    return "EffectiveComplexity";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("removal", removal.toString(), "tolerance", String.valueOf(tolerance));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return removal.judge(q, a, EffectiveComplexity::sets, (row, v) -> smallest(v));
  }

  private static Coalitions sets(Removal.Row row) {
    double[] sizes = new double[row.count()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.abs(row.scores()[i]);
    }
    int[] first = Order.MOST_RELEVANT_FIRST.of(sizes);
    var sets = new Coalitions(row.count());
    for (int k = 0; k <= row.count(); k++) {
      Removal.only(sets, first, k);
    }
    return sets;
  }

  private double smallest(double[] v) {
    double all = v[v.length - 1];
    double nothing = (all - v[0]) * (all - v[0]);
    int k = 1;
    while ((all - v[k]) * (all - v[k]) > tolerance * nothing) {
      k++;
    }
    return nothing == 0 ? Double.NaN : k;
  }
}
