package dev.vitrine.nn.metric;

import dev.vitrine.tensor.Tensor;

/** The mean of −ln of the probability that was given to the right class. */
public final class LogLoss {
  private LogLoss() {}

  /** From probabilities, row by row [n·C]; none is taken for less than 2⁻⁵². */
  public static double ofProbabilities(double[] p, int[] labels) {
    int classes = classes(p.length, labels);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double given = p[i * classes + label(labels, i, classes)];
      sum -= StrictMath.log(Math.min(Math.max(given, 0x1p-52), 1));
    }
    return sum / labels.length;
  }

  /** The cross-entropy of logits, row by row [n·C]. */
  public static double ofLogits(double[] x, int[] labels) {
    int classes = classes(x.length, labels);
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      int row = i * classes;
      double max = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        max = Math.max(max, x[row + c]);
      }
      double e = 0;
      for (int c = 0; c < classes; c++) {
        e += StrictMath.exp(x[row + c] - max);
      }
      sum += max - x[row + label(labels, i, classes)] + StrictMath.log(e);
    }
    return sum / labels.length;
  }

  /** From probabilities [n, C] and labels, int [n]. */
  public static double ofProbabilities(Tensor p, Tensor labels) {
    return ofProbabilities(Counts.doubles(p), labels.toInts());
  }

  /** From logits [n, C] and labels, int [n]. */
  public static double ofLogits(Tensor x, Tensor labels) {
    return ofLogits(Counts.doubles(x), labels.toInts());
  }

  private static int classes(int numbers, int[] labels) {
    if (labels.length == 0 || numbers % labels.length != 0) {
      throw new IllegalArgumentException(
          numbers + " numbers for " + labels.length + " labels; give C numbers for each label");
    }
    return numbers / labels.length;
  }

  private static int label(int[] labels, int i, int classes) {
    if (labels[i] < 0 || labels[i] >= classes) {
      throw new IllegalArgumentException(
          "example %d: label %d, but the outputs have %d classes, counted from 0"
              .formatted(i, labels[i], classes));
    }
    return labels[i];
  }
}
