package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;
import org.jspecify.annotations.Nullable;

/** y = 1 where low ≤ x ≤ high, else 0; flat, so without gradient. */
public record Within(float low, float high) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.WITHIN;
  }

  @Override
  public float p() {
    return low;
  }

  @Override
  public float q() {
    return high;
  }

  @Override
  public @Nullable Var slope(Var x, Var y) {
    return null;
  }
}
