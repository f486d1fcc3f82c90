package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;
import org.jspecify.annotations.Nullable;

/** y = 1 where x > 0, else 0; flat, so without gradient. */
public record Step() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.STEP;
  }

  @Override
  public @Nullable Var slope(Var x, Var y) {
    return null;
  }
}
