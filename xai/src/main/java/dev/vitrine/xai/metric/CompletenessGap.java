package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.Map;

/**
 * |Σ a − (f(x) − v(∅))|, or its share of |f(x) − v(∅)|: how far the attributions are from adding up
 * (Sundararajan, Taly and Yan 2017, section 3, proposition 1). 0 or more, low is good; as a share
 * NaN where f(x) = v(∅).
 *
 * @param empty what the attributions are relative to: a baseline, or a background whose mean counts
 */
public record CompletenessGap(Replacement empty, boolean relative) implements Metric {
  @Override
  public String name() {
    return "CompletenessGap";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("empty", empty.toString(), "relative", String.valueOf(relative));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    return new Removal(Features.each(), empty)
        .judge(
            q,
            a,
            row -> {
              var sets = new Coalitions(row.count());
              sets.addAll();
              sets.add();
              return sets;
            },
            (row, v) -> gap(row.scores(), v[0] - v[1]));
  }

  private double gap(double[] scores, double total) {
    double sum = 0;
    for (double a : scores) {
      sum += a;
    }
    double gap = Math.abs(sum - total);
    if (!relative) {
      return gap;
    }
    return total == 0 ? Double.NaN : gap / Math.abs(total);
  }
}
