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

/** dw of a convolution from (x, dy, like w): the transpose of {@link Conv2d} towards its kernel. */
public record Conv2dWeights(Window window) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(2));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.conv2dWeights(window, in[0], in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var r = n.in(1);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new Conv2dData(window), r, g, x).out());
    to.to(r, () -> n.tape().record(new Conv2d(window), x, g).out());
  }

  @Override
  public boolean reads(int input) {
    return input < 2;
  }
}
