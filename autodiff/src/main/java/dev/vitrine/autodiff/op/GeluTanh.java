package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;

/** y = x/2·(1 + tanh u), u = √(2/π)·(x + 0.044715·x³): the approximation of GELU. */
public record GeluTanh() implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.GELU_TANH;
  }

  @Override
  public Var slope(Var x, Var y) {
    return slopeFrom(x, x.mul(x.square().affine(C * CUBIC, C)).tanh());
  }

  private static final float C = (float) Math.sqrt(2 / Math.PI);
  private static final float CUBIC = 0.044715f;

  /** (1 + t)/2 + x/2·(1 − t²)·du/dx with t = tanh u. */
  private static Var slopeFrom(Var x, Var t) {
    Var du = x.square().affine(3 * CUBIC * C, C);
    return t.affine(0.5f, 0.5f).add(x.mul(t.square().affine(-0.5f, 0.5f)).mul(du));
  }
}
