package dev.vitrine.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How what arrives at a node's outputs (a cotangent, relevance) is passed on to what lies before
 * it.
 */
@FunctionalInterface
public interface Rule {
  /** The rule of calculus. */
  Rule GRADIENT = (n, r, to) -> n.op().gradient(n, r, to);

  /** {@code r} has one entry per output of {@code n}: null where nothing came. */
  void apply(Node n, List<@Nullable Var> r, Flow to);
}
