package dev.vitrine.nn.metric;

import dev.vitrine.tensor.Tensor;

/**
 * P(score of a positive &gt; score of a negative), ties counted by halves: the area under the ROC
 * curve. The same as (Σ midranks of the positives − p(p + 1)/2)/(p·n). Hanley and McNeil 1982.
 */
public final class RocAuc {
  private RocAuc() {}

  public static double of(double[] scores, boolean[] positive) {
    Ranking r = Ranking.of(scores, positive);
    // twice the number of won pairs is a whole number, so the sum is exact
    long won = 0;
    int yesBefore = 0;
    int noBefore = 0;
    for (int g = 0; g < r.groups(); g++) {
      long no = (long) r.no()[g] - noBefore;
      won += no * (yesBefore + r.yes()[g]);
      yesBefore = r.yes()[g];
      noBefore = r.no()[g];
    }
    return won / (2.0 * r.positives() * r.negatives());
  }

  /** From scores [n] or [n, 1] and labels 0 and 1, int [n]. */
  public static double of(Tensor scores, Tensor labels) {
    return of(Counts.doubles(scores), is(1, labels));
  }

  /**
   * The mean over classes of the area of class c against all others, from scores [n, C] and labels,
   * int [n].
   */
  public static double oneVersusRest(Tensor scores, Tensor labels) {
    int classes = scores.shape().dim(1);
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      double[] column = new double[scores.shape().dim(0)];
      for (int i = 0; i < column.length; i++) {
        column[i] = scores.at((long) i * classes + c);
      }
      sum += of(column, is(c, labels));
    }
    return sum / classes;
  }

  private static boolean[] is(int c, Tensor labels) {
    boolean[] positive = new boolean[Math.toIntExact(labels.size())];
    for (int i = 0; i < positive.length; i++) {
      positive[i] = labels.intAt(i) == c;
    }
    return positive;
  }
}
