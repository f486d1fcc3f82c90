package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = tanh x; dy/dx = 1 − y². */
public record Tanh() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.TANH;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().affine(-1, 1);
  }
}
