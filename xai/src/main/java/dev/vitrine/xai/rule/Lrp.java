package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * R_i = Σ_j x_i·w_ij/z_j·R_j: layer-wise relevance propagation (Bach et al. 2015) hands the
 * explained number back layer by layer, each node dividing what it got among its inputs by its
 * rule. Batch norms behind a layer are merged into it first, unless the composite names a rule for
 * them.
 *
 * @param composite which rule each node gets
 * @param start what is handed back
 * @param at where it stops
 * @param ledger true: the attribution says what became of it at each node
 */
public record Lrp(Composite composite, Start start, Place at, boolean ledger)
    implements Expression {
  /** How much relevance there is to divide. */
  public enum Start {
    /** The explained number itself. */
    VALUE,
    /** One. */
    ONE
  }

  public Lrp(Composite composite) {
    this(composite, Start.VALUE, Place.input(), false);
  }

  /** LRP-ε with ε = 10⁻⁶ everywhere. */
  public static Lrp epsilon() {
    return new Lrp(Composite.epsilon(LrpRule.STABILISER));
  }

  public Lrp start(Start other) {
    return new Lrp(composite, other, at, ledger);
  }

  public Lrp at(Place other) {
    return new Lrp(composite, start, other, ledger);
  }

  /** With an account of what each node got, sent, and kept; it costs about another pass. */
  public Lrp withLedger() {
    return new Lrp(composite, start, at, true);
  }

  @Override
  public String name() {
    return "LRP-" + composite;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("rules", composite.rules());
    s.put("start", start.name());
    s.put("at", at.toString());
    return s;
  }

  @Override
  public Var on(Recording recorded) {
    Recording r = MergeBatchNorm.in(recorded, composite);
    Var f = r.explained();
    Var seed = start == Start.ONE ? f.ones() : f;
    Flow flow = r.backward(seed, at, composite.rules(r));
    recorded.promise(seed);
    if (ledger) {
      recorded.account(Ledger.Sums.of(flow, (v, share) -> share));
    }
    Var a = flow.at(r.at(at));
    if (a == null) {
      throw new IllegalArgumentException(
          "nothing arrives at %s: it does not lie on the way, or a batch norm follows it and both are one layer; stop at the norm then"
              .formatted(at));
    }
    return a;
  }
}
