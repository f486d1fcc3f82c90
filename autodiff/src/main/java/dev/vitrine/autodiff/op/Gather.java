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
 * y[o, j, i] = x[o, index[o, j, i], i] along the axes from (inclusive) to (exclusive) taken as one.
 * An index with fewer rows than x serves row o by its row o mod R.
 */
public record Gather(int from, int to) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    Shape index = in.get(1);
    if (from > 0 && index.dim(0) > x.dim(0)) {
      throw new IllegalArgumentException(
          "an index of %d rows picks from %d: give it as many, or fewer"
              .formatted(index.dim(0), x.dim(0)));
    }
    return List.of(from == 0 ? index : index.with(0, x.dim(0)));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.gather(in[0].shape().fold(from, to), in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to_) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to_.to(x, () -> g.scatter(from, to, n.in(1), x));
  }

  @Override
  public boolean takesInteger(int input) {
    return input == 1;
  }
}
