package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Map;

/**
 * 1 if the largest attribution lies inside the mask, else 0 (Zhang et al. 2018, Top-down neural
 * attention, without a margin). Where several are the largest: the share of them that lies inside.
 * High is good; NaN for an empty mask.
 */
public record PointingGame(Masks masks) implements MapMetric {
  @Override
  public String name() {
    return "PointingGame";
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
    if (Masks.count(mask) == 0) {
      return Double.NaN;
    }
    double most = Arrays.stream(map).max().orElse(0);
    int inside = 0;
    int all = 0;
    for (int i = 0; i < map.length; i++) {
      if (map[i] == most) {
        all++;
        inside += mask[i] ? 1 : 0;
      }
    }
    return (double) inside / all;
  }
}
