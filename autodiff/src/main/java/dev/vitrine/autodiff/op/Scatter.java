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
 * x = 0, then x[o, index[o, j, i], i] += y[o, j, i], from (y, index, like x): the transpose of
 * {@link Gather}.
 */
public record Scatter(int from, int to) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(2));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.scatter(out[0].shape().fold(from, to), in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to_) {
    Var g = Outputs.only(dy);
    to_.to(n.in(0), () -> n.tape().record(new Gather(from, to), g, n.in(1)).out());
  }

  @Override
  public boolean reads(int input) {
    return input < 2;
  }

  @Override
  public boolean takesInteger(int input) {
    return input == 1;
  }
}
