package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = 1/(1 + e⁻ˣ); dy/dx = y(1 − y). */
public record Sigmoid() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SIGMOID;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.mul(y.affine(-1, 1));
  }
}
