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

/** y_j = x_{start + j·step} along an axis, in the shape of a like input. */
public record SliceLike(int axis, int start, int step) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.slice(in[0].shape().fold(axis, axis + 1), start, step, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new Unslice(axis, start, step), g, x).out());
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }
}
