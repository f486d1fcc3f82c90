package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = cos x. */
public record Cos() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.COS;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sin().negate();
  }
}
