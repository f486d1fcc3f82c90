package dev.vitrine.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rule a node gets. */
@FunctionalInterface
public interface RuleSet {
  RuleSet GRADIENT = n -> Rule.GRADIENT;

  /** Null: this set has no answer, which is an error unless another set is asked. */
  @Nullable Rule rule(Node n);

  default RuleSet orElse(RuleSet next) {
    return n -> {
      Rule r = rule(n);
      return r != null ? r : next.rule(n);
    };
  }

  /** The rule for nodes whose op is one of exactly these classes. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  static RuleSet on(Rule rule, Class<? extends Op>... ops) {
    var classes = List.of(ops);
    return n -> classes.contains(n.op().getClass()) ? rule : null;
  }
}
