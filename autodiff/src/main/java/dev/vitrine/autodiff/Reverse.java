package dev.vitrine.autodiff;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one reverse walk: from y back to what is asked for, each node by its rule, everything
 * appended.
 */
final class Reverse {
  private Reverse() {}

  /**
   * Starts with {@code seed} at {@code y} and visits every node between {@code y} and {@code wrt}
   * once, in reverse order. Nothing is computed for values nobody asked for; rules never see nodes
   * that lead only to those.
   */
  static Flow walk(Var y, Var seed, List<Var> wrt, RuleSet rules) {
    if (!seed.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          "the seed has shape " + seed.shape() + ", " + y + " has " + y.shape());
    }
    Tape tape = y.node().tape();
    BitSet above = ancestors(tape, List.of(y));
    BitSet wanted = dependents(tape, wrt, above);
    Flow flow = new Flow(wanted);
    flow.seed(y, seed);
    for (int i = wanted.length() - 1; i >= 0; i = wanted.previousSetBit(i - 1)) {
      Node n = tape.nodes().get(i);
      var arrived = new ArrayList<@Nullable Var>(n.outputs());
      for (Var out : n.outs()) {
        arrived.add(flow.at(out));
      }
      // where the walk stops nothing is sent on, so no rule is asked for either
      if (arrived.stream().allMatch(Objects::isNull) || n.in().stream().noneMatch(flow::wants)) {
        continue;
      }
      Rule rule = rules.rule(n);
      if (rule == null) {
        throw new IllegalStateException(
            "no rule for " + n + ": give one with RuleSet.on(rule, " + n.op().name() + ".class)");
      }
      flow.enter(n);
      tape.named(
          n.name() + "'",
          () -> {
            rule.apply(n, arrived, flow);
            return flow;
          });
    }
    return flow;
  }

  /** Nodes that the roots are computed from, with the roots' own. */
  static BitSet ancestors(Tape tape, Collection<Var> roots) {
    BitSet set = new BitSet();
    roots.forEach(r -> set.set(r.node().index()));
    for (int i = set.length() - 1; i >= 0; i = set.previousSetBit(i - 1)) {
      for (Var v : tape.nodes().get(i).in()) {
        set.set(v.node().index());
      }
    }
    return set;
  }

  private static BitSet dependents(Tape tape, List<Var> wrt, BitSet within) {
    BitSet set = new BitSet();
    wrt.forEach(v -> set.set(v.node().index()));
    for (int i = within.nextSetBit(0); i >= 0; i = within.nextSetBit(i + 1)) {
      Node n = tape.nodes().get(i);
      for (int k = 0; k < n.in().size(); k++) {
        Var v = n.in(k);
        if (n.op().reads(k) && !v.isInteger() && set.get(v.node().index())) {
          set.set(i);
        }
      }
    }
    return set;
  }
}
