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

/** y = x with {@code before} and {@code after} more elements of {@code value} along an axis. */
public record Pad(int axis, int before, int after, float value) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "padding " + before + ", " + after + " must not be negative; use slice");
    }
    return List.of(in.get(0).with(axis, before + in.get(0).dim(axis) + after));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.fill(value, out[0]);
    k.paste(out[0].shape().fold(axis, axis + 1), before, 1, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new SliceLike(axis, before, 1), g, x).out());
  }
}
