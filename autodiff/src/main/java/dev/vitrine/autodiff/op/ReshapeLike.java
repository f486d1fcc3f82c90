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

/** y = x under the shape of a like input. */
public record ReshapeLike() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (in.get(0).size() != in.get(1).size()) {
      throw new IllegalArgumentException("cannot reshape " + in.get(0) + " to " + in.get(1));
    }
    return List.of(in.get(1));
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
  public boolean reads(int input) {
    return input == 0;
  }

  @Override
  public boolean views(List<Shape> in) {
    return true;
  }
}
