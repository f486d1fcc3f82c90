package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = max(x, 0); the gradient at 0 is 0. */
public record Relu() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.RELU;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.step();
  }
}
