package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;
import org.jspecify.annotations.Nullable;

/** y = −1, 0 or 1; flat, so without gradient. */
public record Sign() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SIGN;
  }

  @Override
  public @Nullable Var slope(Var x, Var y) {
    return null;
  }
}
