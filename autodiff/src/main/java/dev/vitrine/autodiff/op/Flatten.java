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

/** y[n, ·] = x[n, …]: all axes but the first become one. */
public record Flatten() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    return List.of(Shape.of(x.dim(0), x.fold(1, x.rank()).n()));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.copy(in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.reshapeLike(n.in(0)));
  }

  @Override
  public boolean views(List<Shape> in) {
    return true;
  }
}
