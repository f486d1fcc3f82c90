package dev.vitrine.xai.metric;

import java.util.Map;

/**
 * Σ_{i in the mask} a_i⁺ / Σ a_i⁺ (Arras, Osman and Samek 2022, CLEVR-XAI, of positive
 * attributions). From 0 to 1, high is good; NaN for an empty mask and where no attribution is
 * positive.
 */
public record RelevanceMass(Masks masks) implements MapMetric {
  @Override
  public String name() {
    return "RelevanceMass";
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
    double inside = 0;
    double all = 0;
    for (int i = 0; i < map.length; i++) {
      double positive = Math.max(map[i], 0);
      all += positive;
      inside += mask[i] ? positive : 0;
    }
    return Masks.count(mask) == 0 ? Double.NaN : inside / all;
  }
}
