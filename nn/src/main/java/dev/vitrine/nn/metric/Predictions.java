package dev.vitrine.nn.metric;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * What outputs say: the class with the largest number, or yes if a single number is above a
 * threshold.
 */
public final class Predictions {
  private Predictions() {}

  /**
   * Classes from logits: [n, C] → the first largest of each row; [n, 1] or [n] → 1 above 0, else 0.
   */
  public static int[] of(Tensor outputs) {
    return of(outputs, 0);
  }

  /** As {@link #of(Tensor)} with another threshold for single numbers: 0.5 for probabilities. */
  public static int[] of(Tensor outputs, double threshold) {
    Shape s = outputs.shape();
    if (s.rank() < 1 || s.rank() > 2) {
      throw new IllegalArgumentException(
          "outputs have shape " + s + ", one row per example [n, C] is needed");
    }
    int n = s.dim(0);
    int classes = s.rank() == 1 ? 1 : s.dim(1);
    int[] predicted = new int[n];
    for (int i = 0; i < n; i++) {
      long row = (long) i * classes;
      predicted[i] =
          classes == 1 ? (outputs.at(row) > threshold ? 1 : 0) : largest(outputs, row, classes);
    }
    return predicted;
  }

  private static int largest(Tensor outputs, long row, int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (outputs.at(row + c) > outputs.at(row + best)) {
        best = c;
      }
    }
    return best;
  }
}
