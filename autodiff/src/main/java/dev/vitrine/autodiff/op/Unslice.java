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
 * x = 0, then x_{start + j·step} = y_j along an axis, from (y, like x): the transpose of {@link
 * Slice}.
 */
public record Unslice(int axis, int start, int step) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.fill(0, out[0]);
    k.paste(out[0].shape().fold(axis, axis + 1), start, step, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> n.tape().record(new SliceLike(axis, start, step), g, n.in(0)).out());
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }
}
