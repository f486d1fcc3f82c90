package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = 1/x; dy/dx = −y². */
public record Reciprocal() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.RECIPROCAL;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().negate();
  }
}
