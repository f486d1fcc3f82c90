package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = ln(1 + eˣ); dy/dx = sigmoid x. */
public record Softplus() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SOFTPLUS;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.sigmoid();
  }
}
