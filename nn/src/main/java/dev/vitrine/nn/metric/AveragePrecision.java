package dev.vitrine.nn.metric;

/** Σ_k (recall_k − recall_{k−1})·precision_k over thresholds k from the highest score down. */
public final class AveragePrecision {
  private AveragePrecision() {}

  public static double of(double[] scores, boolean[] positive) {
    Ranking r = Ranking.of(scores, positive);
    double sum = 0;
    int before = 0;
    for (int g = 0; g < r.groups(); g++) {
      int yes = r.yes()[g];
      sum += (double) (yes - before) / r.positives() * yes / (yes + r.no()[g]);
      before = yes;
    }
    return sum;
  }
}
