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

/** y = the largest element of x; equal ones share the gradient equally. */
public record MaxAll() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (in.get(0).size() == 0) {
      throw new IllegalArgumentException("there is no largest of nothing: shape " + in.get(0));
    }
    return List.of(Shape.SCALAR);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.max(in[0].shape().fold(0, in[0].shape().rank()), in[0], out[0], out[1]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var y = n.out();
    Var g = Outputs.only(dy);
    to.to(
        x,
        () -> {
          Var reached = x.equal(y);
          return reached.mul(g.div(reached.sumLike(y)));
        });
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    return List.of(Shape.SCALAR);
  }
}
