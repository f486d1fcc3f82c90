package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x^exponent. */
public record Pow(float exponent) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.POW;
  }

  @Override
  public float p() {
    return exponent;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.pow(exponent - 1).scale(exponent);
  }
}
