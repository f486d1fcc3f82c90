package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.NodeMap;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Linear;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DeepLIFT's RevealCancel rule for an activation y = f(z) right behind a layer z = x·W + b: Δz
 * falls into Δ⁺, from terms that push up, and Δ⁻, and each has the multiplier that it would earn on
 * average if the other came first or last (Shrikumar et al. 2017, section 3.5.2). So what cancels
 * inside z is seen.
 */
public enum RevealCancel {
  /** Rescale everywhere. */
  NOWHERE(Set.of()),
  /** Behind dense layers, Rescale behind convolutions; the authors' advice for genomics. */
  BEHIND_LINEAR(Set.of(Linear.class)),
  /** Behind dense layers and convolutions. */
  EVERYWHERE(Set.of(Linear.class, Conv2d.class));

  private final Set<Class<? extends Op>> layers;

  RevealCancel(Set<Class<? extends Op>> layers) {
    this.layers = layers;
  }

  RuleSet rules(NodeMap reference) {
    Rule rule = (n, r, to) -> apply(reference, n, r, to);
    return n ->
        Ops.ACTIVATIONS.contains(n.op().getClass())
                && layers.contains(n.in(0).node().op().getClass())
            ? rule
            : null;
  }

  private static void apply(NodeMap reference, Node n, List<@Nullable Var> r, Flow to) {
    Node layer = n.in(0).node();
    Var x = layer.in(0);
    if (layer.in().stream().skip(1).anyMatch(to::wants)) {
      throw new IllegalStateException(
          layer + ": its weights depend on what is explained, and DeepLIFT has no rule for that");
    }
    if (to.wants(layer.out()) && !to.wants(x)) {
      throw new IllegalArgumentException(
          "RevealCancel takes %s and the activation behind it as one: stop before or behind both"
              .formatted(layer));
    }
    to.to(
        x,
        () -> {
          Var dx = x.sub(reference.of(x));
          Var w = layer.in(1);
          Var up = dx.relu();
          Var down = dx.minimum(dx.zeros());
          Var wUp = w.relu();
          Var wDown = w.minimum(w.zeros());
          Node upUp = n.tape().record(layer.op(), up, wUp);
          Node downDown = n.tape().record(layer.op(), down, wDown);
          Node upDown = n.tape().record(layer.op(), up, wDown);
          Node downUp = n.tape().record(layer.op(), down, wUp);
          List<Node> plus = List.of(upUp, downDown);
          List<Node> minus = List.of(upDown, downUp);

          Var z = reference.of(layer.out());
          Var m = Relevance.only(r);
          Var mPlus = share(n, m, z, plus, minus);
          Var mMinus = share(n, m, z, minus, plus);

          // x rose: its positive weights fed Δ⁺, its negative ones Δ⁻; x fell: the other way round
          Var rose = upUp.transpose(mPlus, up).add(downDown.transpose(mMinus, down));
          Var fell = downDown.transpose(mPlus, down).add(upUp.transpose(mMinus, up));
          Var still = rose.add(fell).scale(0.5f);
          return dx.step().select(rose, dx.negate().step().select(fell, still));
        });
  }

  /** m times the multiplier of one part of Δz, the mean of coming first and of coming last. */
  private static Var share(Node n, Var m, Var reference, List<Node> part, List<Node> other) {
    return Winners.of(
        m,
        (won, at) -> {
          Var z = at.apply(reference);
          Var mine = Relevance.sum(part, p -> at.apply(p.out()));
          Var first = of(n, z.add(mine)).sub(of(n, z));
          Var before = z.add(Relevance.sum(other, p -> at.apply(p.out())));
          Var last = of(n, before.add(mine)).sub(of(n, before));
          Var mean = first.add(last).scale(0.5f);
          return won.mul(Relevance.ratio(mean, mine, DeepLift.EPSILON, mine.zeros()));
        });
  }

  /** The same activation of another value. */
  private static Var of(Node activation, Var z) {
    return activation.tape().record(activation.op(), z).out();
  }
}
