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

/** y = x with one more axis of extent 1 in front of {@code axis}. */
public record InsertAxis(int axis) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0).insert(axis, 1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.copy(in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.dropAxis(axis));
  }

  @Override
  public boolean views(List<Shape> in) {
    return true;
  }
}
