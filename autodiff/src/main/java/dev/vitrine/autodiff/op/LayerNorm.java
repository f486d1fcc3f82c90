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

/**
 * y = (x − mean)/√(var + ε)·γ + β per row, statistics over the last {@code axes} axes, from (x, γ,
 * β); outputs y, mean and variance per row. Ba et al. 2016.
 */
public record LayerNorm(int axes, float epsilon) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    Shape rows = x;
    for (int i = 1; i <= axes; i++) {
      rows = rows.with(-i, 1);
    }
    for (int i = 1; i < 3; i++) {
      if (in.get(i).rank() != axes || !in.get(i).broadcastsTo(x)) {
        throw new IllegalArgumentException(
            "scale and offset need the last " + axes + " extents of " + x + ", found " + in.get(i));
      }
    }
    return List.of(x, rows, rows);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Shape s = in[0].shape();
    Fold f = s.fold(s.rank() - axes, s.rank());
    Norms.normalize(k, false, f, epsilon, in, out);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Norms.gradient(n, dy, to, epsilon);
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    return List.of(infer(in).get(1));
  }
}
