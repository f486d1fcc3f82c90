package dev.vitrine.xai.metric;

import java.util.Map;

/**
 * −Σ p_i·ln p_i with p_i = |a_i| / Σ|a|: the entropy of who contributes (Bhatt, Weller and Moura
 * 2020). From 0, one element does everything, to ln n, all do alike; low is simple. NaN for a map
 * of zeros.
 */
public record Complexity() implements MapMetric {
  @Override
  public String name() {
    return "Complexity";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double of(double[] map, int number) {
    double mass = Maps.mass(map);
    double entropy = mass > 0 ? 0 : Double.NaN;
    for (double a : map) {
      double p = Math.abs(a) / mass;
      entropy -= p > 0 ? p * StrictMath.log(p) : 0;
    }
    return entropy;
  }
}
