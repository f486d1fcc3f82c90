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

/** y = x without an axis of extent 1. */
public record DropAxis(int axis) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (in.get(0).dim(axis) != 1) {
      throw new IllegalArgumentException(
          "axis " + axis + " of " + in.get(0) + " can't be dropped: its extent is not 1");
    }
    return List.of(in.get(0).without(axis));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.copy(in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.insertAxis(axis));
  }

  @Override
  public boolean views(List<Shape> in) {
    return true;
  }
}
