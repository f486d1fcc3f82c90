package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;

/**
 * Σ score of each row / n, with an exact sum: the same bits for rows in any order, and for parts of
 * them that were scored on many machines. For scores that are means, such as accuracy and log loss.
 */
public record MeanScore(Score ofRow) implements Score {
  @Override
  public double of(Tensor outputs, Tensor targets) {
    var sum = new ExactSum();
    add(outputs, targets, sum);
    return sum.value() / outputs.shape().dim(0);
  }

  /** Adds the score of each row. */
  public void add(Tensor outputs, Tensor targets, ExactSum sum) {
    for (int i = 0; i < outputs.shape().dim(0); i++) {
      sum.add(ofRow.of(outputs.rows(i, i + 1), targets.rows(i, i + 1)));
    }
  }

  @Override
  public boolean isShare() {
    return ofRow.isShare();
  }
}
