package dev.vitrine.xai;

import dev.vitrine.tensor.Tensor;

/**
 * A function from a batch to its outputs: a network, a rule written by hand, somebody else's model.
 * Methods that need nothing else explain all of these.
 */
@FunctionalInterface
public interface Predictor {
  /**
   * The outputs [n, k] of rows [n, …]. A row's outputs must not depend on its neighbours, and must
   * be the same whenever it is asked.
   */
  Tensor outputs(Tensor x);
}
