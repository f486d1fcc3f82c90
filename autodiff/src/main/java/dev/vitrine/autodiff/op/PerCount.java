package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = x ÷ (|a|/|b| − less), the number of elements of {@code a} behind each of {@code b}: turns a
 * sum into a mean.
 */
public record PerCount(int less) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    float count = in[1].size() / in[2].size() - less;
    k.map(Unary.OVER, count, 0, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.perCount(n.in(1), n.in(2), less));
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }

  @Override
  public boolean pointwise() {
    return true;
  }
}
