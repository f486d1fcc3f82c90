package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x·s, s = sigmoid x (Elfwing et al. 2018); dy/dx = s + y(1 − s). */
public record Silu() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SILU;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sigmoid().add(y.mul(x.sigmoid().affine(-1, 1)));
  }
}
