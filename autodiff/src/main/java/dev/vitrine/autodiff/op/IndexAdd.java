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
 * x = 0, then x[o, index[j], i] += y[o, j, i], from (y, index, like x): the transpose of {@link
 * IndexSelect}.
 */
public record IndexAdd(int axis) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(2));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.scatter(out[0].shape().fold(axis, axis + 1), in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.indexSelect(axis, n.in(1)));
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
