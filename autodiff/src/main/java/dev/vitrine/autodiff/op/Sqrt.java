package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = √x; dy/dx = 1/(2y). */
public record Sqrt() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SQRT;
  }

  @Override
  public Var slope(Var x, Var y) {
    return y.reciprocal().scale(0.5f);
  }
}
