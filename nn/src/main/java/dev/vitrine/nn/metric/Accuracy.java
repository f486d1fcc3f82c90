package dev.vitrine.nn.metric;

import dev.vitrine.tensor.Tensor;

/** The share of examples whose predicted class is the right one. */
public final class Accuracy {
  private Accuracy() {}

  public static double of(int[] predicted, int[] labels) {
    Counts.same("predictions", predicted.length, labels.length);
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += predicted[i] == labels[i] ? 1 : 0;
    }
    return (double) right / labels.length;
  }

  /** From logits [n, C] or [n, 1] and labels, int [n]; see {@link Predictions}. */
  public static double of(Tensor outputs, Tensor labels) {
    return of(Predictions.of(outputs), labels.toInts());
  }
}
