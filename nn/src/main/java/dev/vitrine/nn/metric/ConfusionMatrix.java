package dev.vitrine.nn.metric;

/**
 * counts[t][p] = how many examples of class t were predicted as class p.
 *
 * <p>Where a quotient is 0/0 (a class that was never predicted, or never occurs) it counts as 0, as
 * in scikit-learn.
 */
public final class ConfusionMatrix {
  private final int[][] counts;

  /** From predicted and true classes, each 0 to {@code classes} − 1. */
  public ConfusionMatrix(int classes, int[] predicted, int[] labels) {
    Counts.same("predictions", predicted.length, labels.length);
    counts = new int[classes][classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes || predicted[i] < 0 || predicted[i] >= classes) {
        throw new IllegalArgumentException(
            "example %d: class %d predicted as %d, but classes count from 0 to %d"
                .formatted(i, labels[i], predicted[i], classes - 1));
      }
      counts[labels[i]][predicted[i]]++;
    }
  }

  public int classes() {
    return counts.length;
  }

  public int count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** Share of right predictions. */
  public double accuracy() {
    int right = 0;
    int all = 0;
    for (int c = 0; c < counts.length; c++) {
      right += counts[c][c];
      all += labelled(c);
    }
    return (double) right / all;
  }

  /** Of those predicted as class c, the share that is of class c. */
  public double precision(int c) {
    return quotient(counts[c][c], predicted(c));
  }

  /** Of those of class c, the share that was predicted as class c. */
  public double recall(int c) {
    return quotient(counts[c][c], labelled(c));
  }

  /** The harmonic mean of precision and recall: 2·right/(predicted + labelled). */
  public double f1(int c) {
    return quotient(2.0 * counts[c][c], predicted(c) + labelled(c));
  }

  /** The mean of all classes' F1. */
  public double macroF1() {
    double sum = 0;
    for (int c = 0; c < counts.length; c++) {
      sum += f1(c);
    }
    return sum / counts.length;
  }

  private int labelled(int c) {
    int n = 0;
    for (int count : counts[c]) {
      n += count;
    }
    return n;
  }

  private int predicted(int c) {
    int n = 0;
    for (int[] row : counts) {
      n += row[c];
    }
    return n;
  }

  private static double quotient(double a, double b) {
    return b == 0 ? 0 : a / b;
  }

  /** One line per true class. */
  @Override
  public String toString() {
    var text = new StringBuilder("true \\ predicted");
    for (int c = 0; c < counts.length; c++) {
      text.append("%7d".formatted(c));
    }
    for (int t = 0; t < counts.length; t++) {
      text.append("%n%16d".formatted(t));
      for (int count : counts[t]) {
        text.append("%7d".formatted(count));
      }
    }
    return text.toString();
  }
}
