package dev.vitrine.xai.metric;

import java.util.Map;

/**
 * The share of the k largest attributions that lie in the mask, which has k elements (Arras, Osman
 * and Samek 2022, CLEVR-XAI). From 0 to 1, high is good; NaN for an empty mask.
 */
public record RelevanceRank(Masks masks) implements MapMetric {
  @Override
  public String name() {
    return "RelevanceRank";
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
    int k = Masks.count(mask);
    return k == 0 ? Double.NaN : Masks.share(mask, Order.largest(map, k));
  }
}
