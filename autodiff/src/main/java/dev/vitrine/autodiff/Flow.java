package dev.vitrine.autodiff;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has arrived where during one reverse walk; afterwards, its ledger. */
public final class Flow {
  private final BitSet wanted;
  private final Map<Var, Var> at = new HashMap<>();
  private @Nullable Node now;

  Flow(BitSet wanted) {
    this.wanted = wanted;
  }

  void enter(Node n) {
    now = n;
  }

  void seed(Var y, Var r) {
    at.put(y, r);
  }

  /** True if somebody asked for {@code v} or for something before it. */
  public boolean wants(Var v) {
    return wanted.get(v.node().index());
  }

  /**
   * Adds a share to {@code v}, which must lie before the node being visited; the supplier is called
   * only if {@code v} is wanted. Shares that meet are added, the one that came first on the left.
   */
  public void to(Var v, Supplier<Var> share) {
    if (!wants(v)) {
      return;
    }
    if (now != null && v.node().index() >= now.index()) {
      throw new IllegalArgumentException(
          "the rule of " + now + " sends to " + v + ", which does not lie before it");
    }
    Var s = share.get();
    if (!s.shape().equals(v.shape())) {
      throw new IllegalStateException(
          "the rule of %s sends shape %s to %s of shape %s"
              .formatted(now, s.shape(), v, v.shape()));
    }
    at.merge(v, s, Var::add);
  }

  /** What arrived at {@code v}; null = nothing. */
  public @Nullable Var at(Var v) {
    return at.get(v);
  }
}
