package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.Map;

/**
 * AOPC = Σ_{k=0}^{L} (f(x) − f(x without its k most relevant regions)) / (L + 1) (Samek et al.
 * 2017, section III, equation 12). In the units of the explained number; high is good where the
 * most relevant regions go first, low where the least relevant ones do.
 *
 * @param regions L, how many go at most; all of a row that has fewer
 */
public record RegionPerturbation(Removal removal, int regions, Order order) implements Metric {
  public RegionPerturbation {
    if (regions < 1) {
      throw new IllegalArgumentException("regions: " + regions + " given, at least 1 is needed");
    }
  }

  /**
   * Square regions of images, the most relevant first, filled with uniform noise in [low, high) as
   * in the paper, whose regions have 9 pixels a side.
   */
  public static RegionPerturbation of(int side, int regions, float low, float high, long seed) {
    var noise = Replacement.of(Baseline.uniform(seed, low, high));
    return new RegionPerturbation(
        new Removal(Features.patches(side, side), noise), regions, Order.MOST_RELEVANT_FIRST);
  }

  @Override
  public String name() {
    return "RegionPerturbation";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "removal", removal.toString(),
        "regions", String.valueOf(regions),
        "order", order.toString());
  }

  @Override
  public Direction direction() {
    return order == Order.MOST_RELEVANT_FIRST ? Direction.HIGHER : Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return removal.judge(q, a, this::sets, (row, v) -> aopc(v));
  }

  private Coalitions sets(Removal.Row row) {
    int[] first = order.of(row.scores());
    var sets = new Coalitions(row.count());
    for (int k = 0; k <= Math.min(regions, row.count()); k++) {
      Removal.without(sets, first, k);
    }
    return sets;
  }

  private static double aopc(double[] v) {
    double sum = 0;
    for (double now : v) {
      sum += v[0] - now;
    }
    return sum / v.length;
  }
}
