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
 * y[o, j, i] = x[o, index[j], i]: slices of x along an axis, in any order and as often as wanted.
 */
public record IndexSelect(int axis) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (in.get(1).rank() != 1) {
      throw new IllegalArgumentException("the index needs one axis, found " + in.get(1));
    }
    return List.of(in.get(0).with(axis, in.get(1).dim(0)));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.gather(in[0].shape().fold(axis, axis + 1), in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new IndexAdd(axis), g, n.in(1), x).out());
  }

  @Override
  public boolean takesInteger(int input) {
    return input == 1;
  }
}
