package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x cut off at low and high; the gradient passes at the bounds themselves. */
public record Clip(float low, float high) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.CLIP;
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
  public Var slope(Var x, Var y) {
    return x.within(low, high);
  }
}
