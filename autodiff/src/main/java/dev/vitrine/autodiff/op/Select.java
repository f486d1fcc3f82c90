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
 * y = a where c ≠ 0, else b; no gradient towards c.
 *
 * @param integers a, b and y are int32, c is not
 */
public record Select(boolean integers) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(Shape.broadcast(in.get(0), Shape.broadcast(in.get(1), in.get(2))));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.select(in[0], in[1], in[2], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    if (integers) {
      return;
    }
    Var c = n.in(0);
    Var g = Outputs.only(dy);
    to.to(n.in(1), () -> c.select(g, g.zeros()).sumLike(n.in(1)));
    to.to(n.in(2), () -> c.select(g.zeros(), g).sumLike(n.in(2)));
  }

  @Override
  public boolean takesInteger(int input) {
    return integers && input > 0;
  }

  @Override
  public boolean integer(int output) {
    return integers;
  }

  @Override
  public boolean pointwise() {
    return true;
  }
}
