package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x². */
public record Square() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SQUARE;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.scale(2);
  }
}
