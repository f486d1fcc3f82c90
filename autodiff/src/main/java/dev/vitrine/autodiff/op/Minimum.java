package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Binary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** z = min(a, b); where they are equal each gets half of the gradient. */
public record Minimum() implements BinaryOp {
  @Override
  public Binary function() {
    return Binary.MIN;
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var a = n.in(0);
    Var b = n.in(1);
    Var g = Outputs.only(dy);
    to.to(a, () -> g.mul(Maximum.share(b, a)).sumLike(a));
    to.to(b, () -> g.mul(Maximum.share(a, b)).sumLike(b));
  }
}
