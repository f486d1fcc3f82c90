package dev.vitrine.nn.train;

import dev.vitrine.autodiff.Var;

/**
 * L = loss(y, t) + penalty(x, y, t): what training makes smaller besides the loss.
 *
 * <p>It is recorded on the tape of the training step, behind the model, so it may hold whatever a
 * tape can, gradients of y towards x included: these are more tape, and are differentiated again on
 * the way to the weights.
 */
@FunctionalInterface
public interface Penalty {
  /**
   * A scalar.
   *
   * @param x the rows of the batch, [n, …]
   * @param outputs what the model gave for them, recorded as it is trained: dropout drops
   * @param targets labels, int32 [n], or values, [n, k]
   */
  Var of(Var x, Var outputs, Var targets);
}
