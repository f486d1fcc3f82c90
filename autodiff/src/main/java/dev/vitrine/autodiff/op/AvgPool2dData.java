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

/** dx of an average pool from (dy, like x): the transpose of {@link AvgPool2d}. */
public record AvgPool2dData(int kh, int kw, Window window, boolean countPad) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.avgPool2dData(window, kh, kw, countPad, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> n.tape().record(new AvgPool2d(kh, kw, window, countPad), g).out());
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }
}
