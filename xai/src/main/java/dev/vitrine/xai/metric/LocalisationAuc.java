package dev.vitrine.xai.metric;

import java.util.Map;

/**
 * The area under the ROC curve of attributions that tell inside the mask from outside: the
 * probability that one inside is larger than one outside, equal ones counting half (Fawcett 2006).
 * From 0 to 1, chance is 0.5, high is good; NaN for a mask that is empty or full.
 */
public record LocalisationAuc(Masks masks) implements MapMetric {
  @Override
  public String name() {
    return "LocalisationAuc";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("masks", masks.toString());
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double of(double[] map, int number) {
    boolean[] mask = masks.of(number, map.length);
    double[] ranks = Correlation.ranks(map);
    double inside = Masks.count(mask);
    double sum = 0;
    for (int i = 0; i < map.length; i++) {
      sum += mask[i] ? ranks[i] : 0;
    }
    return (sum - inside * (inside + 1) / 2) / (inside * (map.length - inside));
  }
}
