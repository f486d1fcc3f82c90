package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = 1/√x; dy/dx = −y³/2. */
public record Rsqrt() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.RSQRT;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.square().mul(y).scale(-0.5f);
  }
}
