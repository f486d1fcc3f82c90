package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = sin x. */
public record Sin() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SIN;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.cos();
  }
}
