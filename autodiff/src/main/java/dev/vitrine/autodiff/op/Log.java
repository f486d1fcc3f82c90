package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = ln x. */
public record Log() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.LOG;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.reciprocal();
  }
}
