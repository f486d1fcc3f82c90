package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = erf x; dy/dx = 2/√π·e^(−x²). */
public record Erf() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.ERF;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.square().negate().exp().scale(TWO_OVER_ROOT_PI);
  }

  private static final float TWO_OVER_ROOT_PI = (float) (2 / Math.sqrt(Math.PI));
}
