package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x where x > 0, else slope·x. */
public record LeakyRelu(float negative) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.LEAKY_RELU;
  }

  @Override
  public float p() {
    return negative;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.step().affine(1 - negative, negative);
  }
}
