package dev.vitrine.xai.metric;

import java.util.Map;

/**
 * The share of the k largest attributions that lie in the mask (Theiner, Müller-Budack and Ewerth
 * 2022). From 0 to 1, high is good; 1 is out of reach if the mask has fewer than k elements. NaN
 * for an empty mask.
 */
public record TopKIntersection(Masks masks, int k) implements MapMetric {
  public TopKIntersection {
    if (k < 1) {
      throw new IllegalArgumentException("k: " + k + " given, at least 1 is needed");
    }
  }

  @Override
  public String name() {
    return "TopKIntersection";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("masks", masks.toString(), "k", String.valueOf(k));
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double of(double[] map, int number) {
    boolean[] mask = masks.of(number, map.length);
    if (Masks.count(mask) == 0) {
      return Double.NaN;
    }
    return Masks.share(mask, Order.largest(map, Math.min(k, map.length)));
  }
}
