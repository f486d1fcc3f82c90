package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x·Φ(x), by erf (Hendrycks and Gimpel 2016); dy/dx = Φ(x) + x·φ(x). */
public record Gelu() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.GELU;
  }

  @Override
  public Var slope(Var x, Var y) {
    return phi(x).add(x.mul(x.square().scale(-0.5f).exp().scale(DENSITY_AT_0)));
  }

  private static final float ROOT_HALF = (float) Math.sqrt(0.5);
  private static final float DENSITY_AT_0 = (float) (1 / Math.sqrt(2 * Math.PI));

  private static Var phi(Var x) {
    return x.scale(ROOT_HALF).erf().affine(0.5f, 0.5f);
  }
}
