package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = the inputs one behind the other along an axis. */
public record Concat(int axis) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    int n = 0;
    for (Shape s : in) {
      if (!s.with(axis, 0).equals(in.getFirst().with(axis, 0))) {
        throw new IllegalArgumentException(
            s + " and " + in.getFirst() + " differ in more than axis " + axis);
      }
      n += s.dim(axis);
    }
    return List.of(in.getFirst().with(axis, n));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Fold f = out[0].shape().fold(axis, axis + 1);
    int at = 0;
    for (Tensor x : in) {
      k.paste(f, at, 1, x, out[0]);
      at += x.shape().dim(axis);
    }
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    int at = 0;
    for (Var x : n.in()) {
      int start = at;
      to.to(x, () -> n.tape().record(new SliceLike(axis, start, 1), g, x).out());
      at += x.shape().dim(axis);
    }
  }
}
