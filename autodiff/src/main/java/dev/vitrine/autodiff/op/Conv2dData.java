package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** dx of a convolution from (dy, w, like x): the transpose of {@link Conv2d} towards its input. */
public record Conv2dData(Window window) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(2));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.conv2dData(window, in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var r = n.in(0);
    Var w = n.in(1);
    Var g = Outputs.only(dy);
    to.to(r, () -> n.tape().record(new Conv2d(window), g, w).out());
    to.to(w, () -> n.tape().record(new Conv2dWeights(window), g, r, w).out());
  }

  @Override
  public boolean reads(int input) {
    return input < 2;
  }
}
