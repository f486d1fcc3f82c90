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

/**
 * y = Σ of x over the neighbouring axes from (inclusive) to (exclusive), which stay with extent 1.
 */
public record Sum(int from, int to) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape s = in.get(0);
    for (int i = from; i < to; i++) {
      s = s.with(i, 1);
    }
    return List.of(s);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Sums.over(k, from, to, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to_) {
    Var g = Outputs.only(dy);
    to_.to(n.in(0), () -> g.broadcastLike(n.in(0)));
  }
}
