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
 * y = the largest along the axes from (inclusive) to (exclusive), which stay with extent 1, and
 * where it was first found. The gradient goes there.
 */
public record Max(int from, int to) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape s = in.get(0);
    if (s.fold(from, to).n() == 0) {
      throw new IllegalArgumentException("there is no largest of nothing: shape " + s);
    }
    for (int i = from; i < to; i++) {
      s = s.with(i, 1);
    }
    return List.of(s, s);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.max(in[0].shape().fold(from, to), in[0], out[0], out[1]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to_) {
    Var g = Outputs.only(dy);
    to_.to(n.in(0), () -> g.scatter(from, to, n.out(1), n.in(0)));
  }

  @Override
  public boolean integer(int output) {
    return output == 1;
  }
}
