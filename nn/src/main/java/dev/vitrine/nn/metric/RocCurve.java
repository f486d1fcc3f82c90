package dev.vitrine.nn.metric;

/**
 * (falsePositives[k], truePositives[k]): the shares of negatives and of positives at or above
 * falling thresholds, from (0, 0) to (1, 1); one point for each distinct score.
 */
@SuppressWarnings("ArrayRecordComponent") // two lists to plot, never compared
public record RocCurve(double[] falsePositives, double[] truePositives) {
  public static RocCurve of(double[] scores, boolean[] positive) {
    Ranking r = Ranking.of(scores, positive);
    double[] x = new double[r.groups() + 1];
    double[] y = new double[r.groups() + 1];
    for (int g = 0; g < r.groups(); g++) {
      x[g + 1] = (double) r.no()[g] / r.negatives();
      y[g + 1] = (double) r.yes()[g] / r.positives();
    }
    return new RocCurve(x, y);
  }
}
