package dev.vitrine.nn.loss;

import dev.vitrine.autodiff.Var;

/** What becomes of the losses of single elements or rows. */
public enum Reduction {
  /** They stay as they are. */
  NONE,
  /** Their sum, a scalar. */
  SUM,
  /** Their mean, a scalar. */
  MEAN;

  Var of(Var losses) {
    return switch (this) {
      case NONE -> losses;
      case SUM -> losses.total();
      case MEAN -> losses.average();
    };
  }
}
