package dev.vitrine.bench.peers;

/** Mean losses of the first and of the last round through the batches. */
record Learning(double first, double last) {
  static final Learning NONE = new Learning(Double.NaN, Double.NaN);

  private static final int MOST_ROUNDS = 60;

  /** A fall that chance doesn't give. */
  private static final double ENOUGH = 0.95;

  /** Trains until the loss has clearly fallen; refuses an engine that doesn't learn. */
  static Learning of(Operation training) {
    double first = round(training);
    double last = first;
    for (int i = 0; i < MOST_ROUNDS && !(last < ENOUGH * first); i++) {
      last = round(training);
    }
    if (!(last < ENOUGH * first)) {
      throw new IllegalStateException(
          "it does not learn: its loss is %s in the beginning and %s after %d steps"
              .formatted(first, last, MOST_ROUNDS * Batch.COUNT));
    }
    return new Learning(first, last);
  }

  private static double round(Operation training) {
    double sum = 0;
    for (int i = 0; i < Batch.COUNT; i++) {
      sum += training.loss();
    }
    return sum / Batch.COUNT;
  }
}
