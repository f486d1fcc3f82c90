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

/** y[n, o] = Σ_i x[n, i]·w[i, o] (+ b[o]); x [n, i], w [i, o], b [o]. */
public record Linear() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    Shape w = in.get(1);
    if (x.rank() != 2 || w.rank() != 2 || x.dim(1) != w.dim(0)) {
      throw new IllegalArgumentException(
          "input " + x + " does not fit weight " + w + ": [n, i] and [i, o] are needed");
    }
    if (in.size() > 2 && !in.get(2).equals(Shape.of(w.dim(1)))) {
      throw new IllegalArgumentException("bias " + in.get(2) + " does not fit weight " + w);
    }
    return List.of(Shape.of(x.dim(0), w.dim(1)));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.matmul(false, false, in[0], in[1], in.length > 2 ? in[2] : null, out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var w = n.in(1);
    Var g = Outputs.only(dy);
    to.to(x, () -> g.matmul(w, false, true));
    to.to(w, () -> x.matmul(g, true, false));
    if (n.in().size() > 2) {
      to.to(n.in(2), () -> g.sumLike(n.in(2)));
    }
  }
}
