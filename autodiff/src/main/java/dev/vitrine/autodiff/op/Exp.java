package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = eˣ. */
public record Exp() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.EXP;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y;
  }
}
