package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = |x|; the gradient at 0 is 0. */
public record Abs() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.ABS;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sign();
  }
}
