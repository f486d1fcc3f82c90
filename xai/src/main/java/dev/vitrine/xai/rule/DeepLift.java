package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.NodeMap;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Gather;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * DeepLIFT (Shrikumar, Greenside and Kundaje 2017): multipliers m with Σ m·Δx = Δy at every node,
 * where Δ is the difference to what the node holds for a baseline. a = m·Δx, and Σ a = f(x) − f(b).
 *
 * @param at where it stops
 * @param baseline b
 * @param revealCancel where activations directly follow a layer, the positive and the negative part
 *     of Δ have multipliers of their own (section 3.5.2); else all use Rescale (3.5.1)
 * @param multiplied false: the multipliers themselves
 * @param ledger true: the attribution says what became of Δf at each node
 */
public record DeepLift(
    Place at, Baseline baseline, RevealCancel revealCancel, boolean multiplied, boolean ledger)
    implements Expression, FromBaseline {
  /** Differences smaller than this have the derivative as their multiplier. */
  static final float EPSILON = 1e-10f;

  /** The Rescale rule from a baseline of zeros. */
  public DeepLift() {
    this(Place.input(), Baseline.zero(), RevealCancel.NOWHERE, true, false);
  }

  public DeepLift at(Place other) {
    return new DeepLift(other, baseline, revealCancel, multiplied, ledger);
  }

  @Override
  public DeepLift baseline(Baseline other) {
    return new DeepLift(at, other, revealCancel, multiplied, ledger);
  }

  public DeepLift revealCancel(RevealCancel where) {
    return new DeepLift(at, baseline, where, multiplied, ledger);
  }

  /** Without the factor Δx. */
  public DeepLift multipliers() {
    return new DeepLift(at, baseline, revealCancel, false, ledger);
  }

  /** With an account of what each node got and sent. */
  public DeepLift withLedger() {
    return new DeepLift(at, baseline, revealCancel, multiplied, true);
  }

  @Override
  public String name() {
    return revealCancel == RevealCancel.NOWHERE ? "DeepLIFT" : "DeepLIFT-RevealCancel";
  }

  @Override
  public String overBaselines() {
    return "DeepSHAP";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("at", at.toString());
    s.put("baseline", baseline.toString());
    s.put("reveal-cancel", revealCancel.name());
    s.put("multiplied", String.valueOf(multiplied));
    return s;
  }

  @Override
  public Map<String, Tensor> inputs(Question q) {
    Tensor x = baseline.shared() && q.size() > 1 ? q.x().rows(0, 1) : q.x();
    return Map.of("baseline", baseline.rows(x, q.numbers(), q.memory()));
  }

  @Override
  public Object program() {
    return baseline(Baseline.zero());
  }

  @Override
  public Attribution explain(Question q) {
    return q.answer(this);
  }

  @Override
  public Var on(Recording r) {
    Var f = r.explained();
    NodeMap reference =
        r.tape().rewrite(Map.of(r.x(), r.input("baseline")), DeepLift::stretched, f);
    RuleSet rules = revealCancel.rules(reference).orElse(rescale(reference));
    Flow flow = r.backward(f.ones(), at, rules);
    Var x = r.at(at);
    if (ledger) {
      r.account(Ledger.Sums.of(flow, (v, m) -> m.mul(v.sub(reference.of(v)))));
    }
    Var m = Relevance.at(flow, x);
    if (!multiplied) {
      return m;
    }
    r.promise(f.sub(reference.of(f)));
    return m.mul(x.sub(reference.of(x)));
  }

  /** Where the baseline is one row for all, each row still picks the number of its own class. */
  private static @Nullable List<Var> stretched(Node n, List<Var> in) {
    if (!(n.op() instanceof Gather) || in.getFirst().shape().equals(n.in(0).shape())) {
      return null;
    }
    return n.tape().record(n.op(), in.getFirst().broadcastLike(n.in(0)), in.getLast()).outs();
  }

  /** Rescale: m_x = m_y·Δy/Δx. */
  static RuleSet rescale(NodeMap reference) {
    Rule activation =
        (n, r, to) ->
            to.to(
                n.in(0),
                () ->
                    Winners.of(Relevance.only(r), (m, at) -> m.mul(multiplier(n, reference, at))));
    return Ops.on(activation, Ops.ACTIVATIONS)
        .orElse(RuleSet.on(maxPool(reference), MaxPool2d.class))
        .orElse(Ops.on(Rule.GRADIENT, Ops.MOVES))
        .orElse(Ops.on(Rule.GRADIENT, Ops.SUMS))
        .orElse(Ops.on(Rule.GRADIENT, Ops.NORMS))
        .orElse(Ops.oneFactor(Rule.GRADIENT));
  }

  /** Δy/Δx of an activation, its slope where Δx is next to nothing. */
  private static Var multiplier(Node n, NodeMap reference, UnaryOperator<Var> at) {
    Var x = at.apply(n.in(0));
    Var x0 = at.apply(reference.of(n.in(0)));
    Node y = n.tape().record(n.op(), x);
    Node y0 = n.tape().record(n.op(), x0);
    Var slope = y.transpose(x.ones(), x);
    return Relevance.ratio(y.out().sub(y0.out()), x.sub(x0), EPSILON, slope);
  }

  /**
   * Δy·m goes to one place of the window: to the winner among x if y is the larger one, else to the
   * winner among x°. There it is divided by Δx.
   */
  private static Rule maxPool(NodeMap reference) {
    return (n, r, to) ->
        to.to(
            n.in(0),
            () -> {
              Var x = n.in(0);
              Var y = n.out();
              Var dy = y.sub(reference.of(y));
              Var winner = dy.step().select(n.out(1), reference.of(n.out(1)));
              Var dx = Winners.at(x, winner).sub(Winners.at(reference.of(x), winner));
              Var m = Relevance.only(r).mul(Relevance.ratio(dy, dx, 0, dy.zeros()));
              return m.scatter(1, 4, winner, x);
            });
  }
}
