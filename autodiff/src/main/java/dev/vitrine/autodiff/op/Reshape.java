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

/** y = x under another shape; one extent may be −1 and is worked out. */
public record Reshape(Ints dims) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    long known = 1;
    int open = -1;
    for (int i = 0; i < dims.size(); i++) {
      if (dims.get(i) == -1) {
        open = i;
      } else {
        known *= dims.get(i);
      }
    }
    long size = in.get(0).size();
    int[] d = dims.toArray();
    if (open >= 0 && known > 0) {
      d[open] = (int) (size / known);
    }
    Shape s = Shape.of(d);
    if (s.size() != size) {
      throw new IllegalArgumentException("cannot reshape " + in.get(0) + " to " + dims);
    }
    return List.of(s);
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
