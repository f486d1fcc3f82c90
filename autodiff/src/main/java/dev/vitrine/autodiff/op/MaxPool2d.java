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

/**
 * y = the largest of each kh × kw window of x [n, h, w, c], and where in its image it was found;
 * ties go to the first.
 */
public record MaxPool2d(int kh, int kw, Window window) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape y = Windows.slide(window, in.get(0), kh, kw, in.get(0).dim(3));
    return List.of(y, y);
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.maxPool2d(window, kh, kw, in[0], out[0], out[1]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> g.scatter(1, 4, n.out(1), x));
  }

  @Override
  public boolean integer(int output) {
    return output == 1;
  }
}
