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
 * y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j]; ta, tb: that operand is transposed. Leading axes
 * broadcast.
 */
public record MatMul(boolean ta, boolean tb) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape a = in.get(0);
    Shape b = in.get(1);
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException("matmul needs two axes each, found " + a + " and " + b);
    }
    int ka = a.dim(ta ? -2 : -1);
    int kb = b.dim(tb ? -1 : -2);
    if (ka != kb) {
      throw new IllegalArgumentException(
          "inner extents differ: %s%s has %d, %s%s has %d"
              .formatted(a, ta ? " transposed" : "", ka, b, tb ? " transposed" : "", kb));
    }
    Shape batch = Shape.broadcast(batch(a), batch(b));
    int rank = batch.rank();
    return List.of(batch.with(rank - 2, a.dim(ta ? -1 : -2)).with(rank - 1, b.dim(tb ? -2 : -1)));
  }

  private static Shape batch(Shape s) {
    return s.with(-1, 1).with(-2, 1);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.matmul(ta, tb, in[0], in[1], null, out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var a = n.in(0);
    Var b = n.in(1);
    Var g = Outputs.only(dy);
    to.to(a, () -> like(ta ? b.matmul(g, tb, true) : g.matmul(b, false, !tb), a));
    to.to(b, () -> like(tb ? g.matmul(a, true, ta) : a.matmul(g, !ta, false), b));
  }

  /** Leading axes that were stretched are summed back; matrices have none. */
  private static Var like(Var share, Var operand) {
    return share.shape().rank() > 2 ? share.sumLike(operand) : share;
  }
}
