package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.op.Add;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.PerCount;
import dev.vitrine.autodiff.op.Sum;
import java.util.Map;

/**
 * LRP as Captum 0.7 computes it, to port published numbers: rules see W⁺ but x as it is, γ leaves
 * the bias alone, pools divide with ε = 10⁻⁹.
 */
public final class Captum {
  private static final float STABILISER = 1e-9f;

  private Captum() {}

  /** Its EpsilonRule; 10⁻⁹ is its default. */
  public static LrpRule epsilon(float epsilon) {
    return LrpRule.epsilon(epsilon);
  }

  /** Its GammaRule: W + γ·W⁺; {@code bias} false: set_bias_to_zero. */
  public static LrpRule gamma(float gamma, boolean bias) {
    return LrpRule.signless(STABILISER, gamma, true, bias);
  }

  /** Its Alpha1_Beta0_Rule: W⁺; {@code bias} false: set_bias_to_zero. */
  public static LrpRule alpha1Beta0(boolean bias) {
    return LrpRule.signless(STABILISER, 1, false, bias);
  }

  /**
   * One ε for all that has weights, batch norms on their own among them, and for sums of branches;
   * all else as in {@link #composite}.
   */
  public static Composite everywhere(float epsilon) {
    LrpRule rule = LrpRule.epsilon(epsilon);
    return Composite.named("Captum-epsilon")
        .on(rule, Linear.class, Conv2d.class, BatchNorm.class)
        .on(Relevance.norm(epsilon), Add.class)
        .then(rest());
  }

  /** Rules by the names of layers; all others have ε = 10⁻⁹. */
  public static Composite composite(Map<String, LrpRule> layers) {
    Composite all = Composite.named("Captum");
    for (var e : layers.entrySet()) {
      all = all.layers(e.getKey(), e.getValue());
    }
    return all.then(rest());
  }

  /** Pools, and the layers that nobody named. */
  private static Composite rest() {
    Rule pool = Relevance.norm(STABILISER);
    return Composite.named("Captum")
        .on(pool, MaxPool2d.class, AvgPool2d.class, Sum.class, PerCount.class)
        .then(Composite.epsilon(STABILISER));
  }
}
