package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = x + offset. */
public record Shift(float offset) implements UnaryOp {
  @Override
  public Unary function() {
    return Unary.SHIFT;
  }

  @Override
  public float p() {
    return offset;
  }

  @Override
  public @Nullable Var slope(Var x, Var y) {
    return null;
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g);
  }
}
