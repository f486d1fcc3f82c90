package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = ln(1 + x), exact near 0. */
public record Log1p() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.LOG1P;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.shift(1).reciprocal();
  }
}
