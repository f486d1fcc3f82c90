package dev.vitrine.xai.global;

import dev.vitrine.nn.metric.Accuracy;
import dev.vitrine.nn.metric.LogLoss;
import dev.vitrine.nn.metric.Regression;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Tensor;

/** How good outputs are: the larger, the better. */
@FunctionalInterface
public interface Score {
  /**
   * The score of outputs [n, k].
   *
   * @param targets labels, int [n], or as many numbers as there are outputs
   */
  double of(Tensor outputs, Tensor targets);

  /** Whether it is the share of rows of which something is true, so that its error is binomial. */
  default boolean isShare() {
    return false;
  }

  /** Share of rows whose largest output is that of the label; of one output: above 0 is 1. */
  static Score accuracy() {
    return new Right();
  }

  /** −{@link LogLoss} of logits [n, k]. */
  static Score logLoss() {
    return (y, t) -> -LogLoss.ofLogits(y, t);
  }

  /** −{@link LogLoss} of probabilities [n, k]. */
  static Score logLossOfProbabilities() {
    return (y, t) -> -LogLoss.ofProbabilities(y, t);
  }

  /** −mean of (y − t)². */
  static Score mse() {
    return (y, t) -> -Regression.mse(numbers(y), numbers(t));
  }

  /** −mean of |y − t|. */
  static Score mae() {
    return (y, t) -> -Regression.mae(numbers(y), numbers(t));
  }

  /** 1 − Σ(y − t)²/Σ(t − mean t)². */
  static Score r2() {
    return (y, t) -> Regression.r2(numbers(y), numbers(t));
  }

  private static double[] numbers(Tensor t) {
    double[] all = new double[Math.toIntExact(t.size())];
    for (int i = 0; i < all.length; i++) {
      all[i] = t.dtype() == DType.INT32 ? t.intAt(i) : t.at(i);
    }
    return all;
  }

  /** See {@link #accuracy}. */
  record Right() implements Score {
    @Override
    public double of(Tensor outputs, Tensor targets) {
      return Accuracy.of(outputs, targets);
    }

    @Override
    public boolean isShare() {
      return true;
    }
  }
}
