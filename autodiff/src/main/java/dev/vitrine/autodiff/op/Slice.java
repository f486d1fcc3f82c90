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

/** y_j = x_{start + j·step}, j = 0 … count − 1, along an axis. */
public record Slice(int axis, int start, int step, int count) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    int n = in.get(0).dim(axis);
    int last = start + (count - 1) * step;
    if (count < 0 || count > 0 && (start < 0 || start >= n || last < 0 || last >= n)) {
      throw new IllegalArgumentException(
          "%d elements from %d in steps of %d leave axis %d of %s"
              .formatted(count, start, step, axis, in.get(0)));
    }
    return List.of(in.get(0).with(axis, count));
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

  /** Along the leading axis neighbours stay neighbours. */
  @Override
  public boolean views(List<Shape> in) {
    return (step == 1 || count == 1) && in.get(0).fold(axis, axis + 1).outer() == 1;
  }

  @Override
  public long viewFrom(List<Shape> in) {
    return count == 0 ? 0 : (long) start * in.get(0).fold(axis, axis + 1).inner();
  }
}
