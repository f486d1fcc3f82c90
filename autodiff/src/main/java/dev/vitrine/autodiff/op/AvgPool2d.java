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

/** y = the mean of each kh × kw window of x [n, h, w, c]; countPad: padding counts as zeros. */
public record AvgPool2d(int kh, int kw, Window window, boolean countPad) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(Windows.slide(window, in.get(0), kh, kw, in.get(0).dim(3)));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.avgPool2d(window, kh, kw, countPad, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new AvgPool2dData(kh, kw, window, countPad), g, x).out());
  }
}
