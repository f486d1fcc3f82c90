package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.Map;

/**
 * The gradient, but a ReLU passes on what is positive, whatever its input was (Zeiler and Fergus
 * 2014, section 2.1).
 */
public record Deconvnet(Place at) implements Expression {
  private static final Rule RULE =
      (n, r, to) -> to.to(n.in(0), () -> Winners.of(Relevance.only(r), (g, at) -> g.relu()));

  private static final RuleSet RULES = RuleSet.on(RULE, Relu.class).orElse(RuleSet.GRADIENT);

  public Deconvnet() {
    this(Place.input());
  }

  public Deconvnet at(Place other) {
    return new Deconvnet(other);
  }

  @Override
  public String name() {
    return "Deconvnet";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("at", at.toString());
  }

  @Override
  public Var on(Recording r) {
    Flow flow = r.backward(r.explained().ones(), at, RULES);
    return Relevance.at(flow, r.at(at));
  }
}
