package dev.vitrine.nn.metric;

import dev.vitrine.tensor.Tensor;

/** What metrics demand of their operands. */
final class Counts {
  private Counts() {}

  static void same(String what, int found, int wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          found + " " + what + " for " + wanted + " targets; give one for each");
    }
    if (wanted == 0) {
      throw new IllegalArgumentException("no examples given; a metric needs at least one");
    }
  }

  static double[] doubles(Tensor t) {
    double[] d = new double[Math.toIntExact(t.size())];
    for (int i = 0; i < d.length; i++) {
      d[i] = t.at(i);
    }
    return d;
  }
}
