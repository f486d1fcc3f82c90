package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x where x > 0, else α(eˣ − 1). */
public record Elu(float alpha) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.ELU;
  }

  @Override
  public float p() {
    return alpha;
  }

  @Override
  public Var slope(Var x, Var y) {
    return x.step().select(x.ones(), x.clip(Float.NEGATIVE_INFINITY, 0).exp().scale(alpha));
  }
}
