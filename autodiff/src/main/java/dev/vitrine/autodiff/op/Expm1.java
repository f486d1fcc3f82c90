package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = eˣ − 1, exact near 0. */
public record Expm1() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.EXPM1;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.shift(1);
  }
}
