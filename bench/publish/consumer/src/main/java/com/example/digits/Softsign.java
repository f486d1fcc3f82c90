package com.example.digits;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;

/** y = x/(1 + |x|); dy/dx = 1/(1 + |x|)². */
record Softsign() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.getFirst());
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.map(Unary.ABS, 0, 0, in[0], out[0]);
    k.map(Unary.SHIFT, 1, 0, out[0], out[0]);
    k.zip(Binary.DIV, in[0], out[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<Var> dy, Flow to) {
    Var x = n.in(0);
    to.to(x, () -> dy.getFirst().div(x.abs().shift(1).square()));
  }

  /** Recorded behind x. */
  static Var of(Var x) {
    return x.tape().record(new Softsign(), x).out();
  }
}
