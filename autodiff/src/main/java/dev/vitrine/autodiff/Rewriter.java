package dev.vitrine.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** May answer for a node while a tape is rewritten. */
@FunctionalInterface
public interface Rewriter {
  /** The new outputs of {@code n}, given the twins of its inputs; null = as recorded. */
  @Nullable List<Var> rewrite(Node n, List<Var> in);
}
