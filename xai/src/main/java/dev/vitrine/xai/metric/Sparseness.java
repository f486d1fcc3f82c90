package dev.vitrine.xai.metric;

import java.util.Arrays;
import java.util.Map;

/**
 * The Gini index of |a|: Σ (2i − n − 1)·|a|_(i) / (n·Σ|a|), |a|_(i) the i-th smallest (Chalasani et
 * al. 2020). From 0, all elements contribute alike, to 1 − 1/n, one does everything; high is
 * simple. NaN for a map of zeros.
 */
public record Sparseness() implements MapMetric {
  @Override
  public String name() {
    return "Sparseness";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of();
  }

  @Override
  public Direction direction() {
    return Direction.HIGHER;
  }

  @Override
  public double of(double[] map, int number) {
    double[] sorted = Arrays.stream(map).map(Math::abs).sorted().toArray();
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += (2.0 * (i + 1) - sorted.length - 1) * sorted[i];
    }
    return sum / (sorted.length * Maps.mass(map));
  }
}
