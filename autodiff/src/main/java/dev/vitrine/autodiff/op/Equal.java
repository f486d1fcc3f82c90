package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Binary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** z = 1 where a = b, else 0; flat, so without gradient. */
public record Equal() implements BinaryOp {
  @Override
  public Binary function() {
    return Binary.EQUAL;
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {}
}
