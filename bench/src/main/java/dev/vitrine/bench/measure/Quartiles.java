package dev.vitrine.bench.measure;

import java.util.Arrays;
import java.util.List;

/**
 * The middle, and what a quarter lies below and above; the lower of two elements, to three
 * decimals.
 */
public record Quartiles(double lower, double median, double upper) {
  private static final double STEPS = 1000;

  public static Quartiles of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    double x = sorted[(int) (share * (sorted.length - 1))];
    return Double.isNaN(x) ? x : Math.round(x * STEPS) / STEPS;
  }
}
