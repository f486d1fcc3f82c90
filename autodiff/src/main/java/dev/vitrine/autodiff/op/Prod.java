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
 * y = Π of x over the neighbouring axes from (inclusive) to (exclusive), which stay with extent 1.
 */
public record Prod(int from, int to) implements Op {
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
    k.product(in[0].shape().fold(from, to), in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to_) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to_.to(x, () -> g.mul(n.tape().record(new ProdOfOthers(from, to), x).out()));
  }
}
