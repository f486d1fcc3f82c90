package dev.vitrine.autodiff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What has arrived where during one reverse walk; afterwards, its ledger. */
public final class Flow {
  private final BitSet wanted;
  private final Map<Var, Var> at = new HashMap<>();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Kept> kept = new ArrayList<>();
  private @Nullable Node now;

  /** A share that a node sent to a value before it. */
  public record Sent(Node from, Var to, Var share) {}

  /**
   * What stayed in a node instead of being sent.
   *
   * @param as what took it: "bias", "stabiliser"
   * @param amount with the rows in front; appended only where somebody reads the ledger
   */
  public record Kept(Node in, String as, Supplier<Var> amount) {}

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
    if (now != null) {
      sent.add(new Sent(now, v, s));
    }
    at.merge(v, s, Var::add);
  }

  /** Says what of the visited node's share goes nowhere, and why. */
  public void keep(String as, Supplier<Var> amount) {
    if (now != null) {
      kept.add(new Kept(now, as, amount));
    }
  }

  /** What arrived at {@code v}; null = nothing. */
  public @Nullable Var at(Var v) {
    return at.get(v);
  }

  /** All shares in the order in which they were sent. */
  public List<Sent> sent() {
    return Collections.unmodifiableList(sent);
  }

  /** All that stayed behind, in the order in which it was said. */
  public List<Kept> kept() {
    return Collections.unmodifiableList(kept);
  }
}
