package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Binary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** z = max(a, b); where they are equal each gets half of the gradient. */
public record Maximum() implements BinaryOp {
  @Override
  public Binary function() {
    return Binary.MAX;
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var a = n.in(0);
    Var b = n.in(1);
    Var g = Outputs.only(dy);
    to.to(a, () -> g.mul(share(a, b)).sumLike(a));
    to.to(b, () -> g.mul(share(b, a)).sumLike(b));
  }

  /** 1 where {@code winner} is larger, a half where both are equal. */
  static Var share(Var winner, Var other) {
    return winner.greater(other).add(winner.equal(other).scale(0.5f));
  }
}
