package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Ledger;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rules of this package have in common. */
final class Relevance {
  /** What arrives goes on unchanged. */
  static final Rule PASS = (n, r, to) -> to.to(n.in(0), () -> only(r));

  private Relevance() {}

  static Var only(List<@Nullable Var> r) {
    return Objects.requireNonNull(r.getFirst());
  }

  /** What arrived at a value; zeros where nothing did. */
  static Var at(Flow flow, Var v) {
    Var r = flow.at(v);
    return r == null ? v.zeros() : r;
  }

  /** What one or more nodes give for one sum. */
  static Var sum(List<Node> nodes, Function<Node, Var> term) {
    return nodes.stream().map(term).reduce(Var::add).orElseThrow();
  }

  /** z + ε·sign z, where the sign of 0 is + (Bach et al. 2015, eq. 58). */
  static Var stabilised(Var z, float epsilon) {
    return z.add(z.negate().step().affine(-2 * epsilon, epsilon));
  }

  /** a / b where |b| > ε, else {@code otherwise}. */
  static Var ratio(Var a, Var b, float epsilon, Var otherwise) {
    Var far = b.abs().greater(b.tape().constant(epsilon));
    return far.select(a.div(far.select(b, b.ones())), otherwise);
  }

  /**
   * For ops without parameters: every input gets its part of z, a·(∂z/∂a)ᵀ R/z. What a constant
   * contributed stays behind as bias.
   */
  static Rule norm(float epsilon) {
    return (n, r, to) -> {
      Var z = n.out();
      Var s = only(r).div(stabilised(z, epsilon));
      for (Var a : n.in().stream().distinct().toList()) {
        to.to(a, () -> a.mul(n.transpose(s, a)));
      }
      to.keep(Ledger.BIAS, () -> s.mul(constant(n, to)));
      to.keep(Ledger.STABILISER, () -> s.mul(stabilised(z, epsilon).sub(z)));
      n.in().stream()
          .distinct()
          .filter(to::wants)
          .forEach(a -> to.keep(Ledger.MAGNITUDE, () -> a.mul(n.transpose(s.abs(), a)).abs()));
    };
  }

  /** What an op without parameters gives where everything that is wanted is 0. */
  private static Var constant(Node n, Flow to) {
    Var[] in = n.in().stream().map(v -> to.wants(v) ? v.zeros() : v).toArray(Var[]::new);
    return n.tape().record(n.op(), in).out();
  }
}
