package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Var;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What arrived at a node with one gradient-bearing output: the walk visits it only if something
 * did.
 */
final class Outputs {
  private Outputs() {}

  static Var only(List<@Nullable Var> dy) {
    return Objects.requireNonNull(dy.getFirst());
  }
}
