package dev.vitrine.bench.run;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.train.RightReasons;
import java.util.List;

/**
 * An explanation to train on, as the command line names it.
 *
 * @param lambda a weight that serves it: attributions differ in scale
 */
public record Prior(String name, Expression explanation, Target.Quantity quantity, float lambda) {
  /**
   * Of which a relevance is never a quotient of roundings: ε is what hidden units hold at first.
   */
  private static final float EPSILON = 0.25f;

  private static final List<Prior> ALL =
      List.of(
          new Prior("gradient", new Saliency(true), RightReasons.LOG_PROBABILITIES, 10),
          new Prior("input-x-gradient", new InputXGradient(), Target.Scale.LOGIT, 100),
          new Prior("lrp", new Lrp(Composite.epsilon(EPSILON)), Target.Scale.LOGIT, 1000));

  /** The prior of this name. */
  public static Prior named(String name) {
    return ALL.stream()
        .filter(p -> p.name.equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no prior is called \"%s\"; there are %s".formatted(name, names())));
  }

  /** What the priors are called. */
  public static List<String> names() {
    return ALL.stream().map(Prior::name).toList();
  }

  /** The same with another weight. */
  public Prior weighing(float other) {
    if (!(other > 0 && other < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--lambda %s: a number above 0 is needed".formatted(other));
    }
    return new Prior(name, explanation, quantity, other);
  }

  /** The penalty that keeps it silent where the mask is 1. */
  RightReasons silent(Tensor mask) {
    return new RightReasons(lambda, mask, explanation, quantity);
  }
}
