package dev.vitrine.bench.conformance;

import static java.util.Map.entry;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.OverBaselines;
import dev.vitrine.xai.rule.Captum;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Deconvnet;
import dev.vitrine.xai.rule.DeepLift;
import dev.vitrine.xai.rule.GuidedBackprop;
import dev.vitrine.xai.rule.Lrp;
import dev.vitrine.xai.rule.LrpRule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Backward walks by other rules: guided backprop, DeepLIFT, Captum's and zennit's LRP. */
final class RuleCases {
  static final Map<String, ExplainCase.Formula> METHODS =
      Map.ofEntries(
          entry("GuidedBackprop", c -> c.put(new GuidedBackprop())),
          entry("Deconvolution", c -> c.put(new Deconvnet())),
          entry("DeepLift", RuleCases::deepLift),
          entry("DeepLiftShap", RuleCases::deepLiftShap),
          entry("LRP", RuleCases::captum),
          entry("LRP-EpsilonPlus", c -> zennit(c, Composite.epsilonPlus(epsilon(c)))),
          entry("LRP-EpsilonPlusFlat", c -> zennit(c, Composite.epsilonPlusFlat(epsilon(c)))),
          entry("LRP-EpsilonAlpha2Beta1", c -> zennit(c, Composite.epsilonAlpha2Beta1(epsilon(c)))),
          entry(
              "LRP-EpsilonAlpha2Beta1Flat",
              c -> zennit(c, Composite.epsilonAlpha2Beta1Flat(epsilon(c)))),
          entry("LRP-EpsilonGammaBox", c -> zennit(c, gammaBox(c))),
          entry(
              "LRP-rule:AlphaBeta",
              c -> everywhere(c, LrpRule.alphaBeta(c.args().real("alpha"), c.args().real("beta")))),
          entry("LRP-rule:Gamma", c -> everywhere(c, LrpRule.gamma(c.args().real("gamma")))),
          entry("LRP-rule:ZPlus", c -> everywhere(c, LrpRule.zPlus())),
          entry("LRP-rule:WSquare", c -> everywhere(c, LrpRule.wSquare())),
          entry("LRP-rule:Flat", c -> everywhere(c, LrpRule.flat())));

  private RuleCases() {}

  private static void deepLift(ExplainCase c) throws IOException {
    DeepLift method = new DeepLift().baseline(c.baseline());
    c.put(c.args().flag("multiply_by_inputs", true) ? method : method.multipliers());
  }

  private static void deepLiftShap(ExplainCase c) throws IOException {
    Tensor all = c.image("baselines");
    int count = all.shape().dim(0);
    c.put("attributions", c.explain(OverBaselines.each(new DeepLift(), all)).values());
    float[][] gaps = new float[count][];
    for (int k = 0; k < count; k++) {
      var one = c.explain(new DeepLift().baseline(Baseline.of(all.rows(k, k + 1))));
      gaps[k] = gap(one);
    }
    int n = gaps[0].length;
    double[] delta = new double[n * count];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = gaps[i % count][i / count];
    }
    c.put("convergence_delta", Numbers.of(Shape.of(delta.length), delta));
  }

  private static float[] gap(Attribution a) {
    return Objects.requireNonNull(a.convergence()).gap();
  }

  private static float epsilon(ExplainCase c) throws IOException {
    return c.args().real("epsilon");
  }

  private static Composite gammaBox(ExplainCase c) throws IOException {
    Json args = c.args();
    return Composite.epsilonGammaBox(
        epsilon(c), args.real("gamma"), args.real("low"), args.real("high"));
  }

  private static void everywhere(ExplainCase c, LrpRule rule) throws IOException {
    zennit(c, Composite.everywhere("rule", rule));
  }

  private static void zennit(ExplainCase c, Composite composite) throws IOException {
    boolean one = c.args().text("relevance_init").equals("one");
    Explainer lrp = new Lrp(composite).start(one ? Lrp.Start.ONE : Lrp.Start.VALUE);
    Tensor a = c.explain(lrp).values();
    c.put("attributions", a);
    float[] sums = new float[a.shape().dim(0)];
    for (int r = 0; r < sums.length; r++) {
      sums[r] = (float) Attribution.sum(a.rows(r, r + 1));
    }
    c.put("relevance_sum", ExplainCase.row(sums));
  }

  private static void captum(ExplainCase c) throws IOException {
    Map<String, LrpRule> rules = new LinkedHashMap<>();
    Json given = c.args().object("rules");
    for (String layer : given.keys()) {
      rules.put(layer, rule(given.object(layer)));
    }
    Attribution a = c.explain(new Lrp(Captum.composite(rules)));
    c.put("attributions", a.values());
    float[] gap = gap(a).clone();
    for (int r = 0; r < gap.length; r++) {
      gap[r] = -gap[r]; // Captum's is f(x) − Σ R
    }
    c.put("convergence_delta", ExplainCase.row(gap));
  }

  private static LrpRule rule(Json r) throws IOException {
    boolean bias = !r.flag("set_bias_to_zero", false);
    return switch (r.text("rule")) {
      case "epsilon" -> Captum.epsilon(r.real("epsilon"));
      case "gamma" -> Captum.gamma(r.real("gamma"), bias);
      case "alpha1_beta0" -> Captum.alpha1Beta0(bias);
      default ->
          throw new FormatException(
              r.file().toString(), "the rule \"" + r.text("rule") + "\" is unknown");
    };
  }
}
