package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = x − ln Σ eˣ over the last axis; dx = dy − softmax(x)·Σ dy. */
public record LogSoftmax() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.logSoftmax(in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.sub(n.out().exp().mul(g.sumLast())));
  }
}
