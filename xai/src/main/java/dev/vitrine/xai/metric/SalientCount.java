package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Map;

/**
 * How many |a_i| are larger than a share of the largest: the count that Quantus calls effective
 * complexity, with a threshold in the map's own scale. From 0 to n; low is simple. {@link
 * EffectiveComplexity} is the paper's.
 */
public record SalientCount(double share) implements MapMetric {
  @Override
  public String name() {
    return "SalientCount";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("share", String.valueOf(share));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double of(double[] map, int number) {
    double most = Arrays.stream(map).map(Math::abs).max().orElse(0);
    return Arrays.stream(map).filter(a -> Math.abs(a) > share * most).count();
  }
}
