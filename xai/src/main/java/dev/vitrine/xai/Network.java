package dev.vitrine.xai;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;

/**
 * What can be explained from inside: a function from inputs [n, …] to outputs [n, classes] that
 * records itself.
 */
@FunctionalInterface
public interface Network {
  Var record(Var x);

  /** A model as it is used, not as it is trained. */
  static Network of(Model model) {
    return x -> model.record(x, Mode.EVALUATION);
  }
}
