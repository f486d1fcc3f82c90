package dev.vitrine.bench.peers;

import java.util.Arrays;
import java.util.List;

/** The middle, and what a quarter lies below and above; the lower of two elements. */
record Quartiles(double lower, double median, double upper) {
  static Quartiles of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
