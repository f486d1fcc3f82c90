package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;

/**
 * new = (1 − momentum)·old + momentum·batch, the variance unbiased (Ioffe and Szegedy 2015,
 * algorithm 2).
 */
record RunningStatistics(Var mean, Var variance) {

  /**
   * After the batch that {@code norm}, a batch norm with outputs y, mean and biased variance, has
   * seen.
   */
  static RunningStatistics after(Node norm, Var oldMean, Var oldVariance, float momentum) {
    Var x = norm.in(0);
    Var mean = norm.out(1);
    Var sum = norm.out(2).scale((float) x.shape().size() / mean.shape().size());
    Var unbiased = sum.perCount(x, mean, 1);
    return new RunningStatistics(
        blend(oldMean, mean, momentum), blend(oldVariance, unbiased, momentum));
  }

  private static Var blend(Var old, Var batch, float momentum) {
    return old.scale(1 - momentum).add(batch.scale(momentum));
  }
}
