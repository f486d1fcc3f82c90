package dev.vitrine.xai.rule;

import static dev.vitrine.xai.Nets.column;
import static dev.vitrine.xai.Nets.matrix;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Functions whose relevances and multipliers can be worked out by hand. */
class AnalyticRulesTest {
  /** Of the value: denominators of size 1 and more grow by 10⁻⁶, twice at most. */
  private static final double ROUNDING = 3e-6;

  private static final DeepLift DEEP_LIFT = new DeepLift();
  private static final Lrp LRP_0 = new Lrp(Composite.epsilon(1e-9f));

  private static Attribution explain(Explainer e, Network f, Tensor x, int target) {
    try (Subject s = Nets.subject(f)) {
      return e.explain(s, x, Target.of(target));
    }
  }

  private static float[] values(Explainer e, Network f, float... x) {
    return explain(e, f, Nets.row(x), 0).values().toFloats();
  }

  private static void near(float[] actual, double... expected) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], ROUNDING * Math.max(1, Math.abs(expected[i])));
    }
  }

  // ---- DeepLIFT

  @Test
  void aLinearFunctionHasItsTerms() {
    Network f =
        x ->
            x.linear(
                matrix(x, 3, 1, 2, -3, 0.5f), x.tape().constant("b", Tensor.of(Shape.of(1), 7)));
    near(values(DEEP_LIFT, f, 1, 2, 4), 2, -6, 2);
    near(values(DEEP_LIFT.multipliers(), f, 1, 2, 4), 2, -3, 0.5);
  }

  @Test
  void aSaturatedFunctionIsSeenThrough() {
    Network f = x -> x.affine(-1, 1).relu().affine(-1, 1);
    near(values(DEEP_LIFT, f, 2), 1);
    near(values(DEEP_LIFT.multipliers(), f, 2), 0.5);
    near(values(new GuidedBackprop(), f, 2), 0);
  }

  @Test
  void rescaleDependsOnHowAFunctionIsWritten() {
    Network f = x -> column(x, 0).relu().shift(-1).sub(column(x, 1).relu()).relu();
    Network g = x -> column(x, 0).shift(-1).relu().sub(column(x, 1).relu()).relu();
    near(values(DEEP_LIFT, f, 3, 1), 1.5, -0.5);
    near(values(DEEP_LIFT, g, 3, 1), 2, -1);
  }

  @Test
  void aThresholdHalvesTheMultiplier() {
    Network f = x -> column(x, 0).relu().scale(2).add(column(x, 1).shift(-1.5f).relu().scale(2));
    near(values(DEEP_LIFT, f, 1, 2), 2, 1);
    near(values(DEEP_LIFT.multipliers(), f, 1, 2), 2, 0.5);
  }

  @Test
  void aMaximumBelongsToTheWinnersOfBothSides() {
    Network f = x -> x.reshape(-1, 2, 2, 1).maxPool2d(2, 2, Window.UNIT).flatten();
    Baseline last = Baseline.of(Nets.row(1, 2, 3, 9));
    near(values(DEEP_LIFT.baseline(last), f, 1, 1, 1, 1), 0, 0, 0, -8);
    Baseline second = Baseline.of(Nets.row(4, 8, 6, 7));
    near(values(DEEP_LIFT.baseline(second), f, 1, 1, 1, 1), 0, -7, 0, 0);
    Baseline mixed = Baseline.of(Nets.row(0, 4, 1, 2));
    near(values(DEEP_LIFT.baseline(mixed), f, 6, 1, 1, 1), 2, 0, 0, 0);
  }

  @Test
  void revealCancelSeesBothSidesOfAMinimum() {
    Network f = x -> column(x, 0).sub(x.linear(matrix(x, 2, 1, 1, -1), null).relu());
    DeepLift reveal = DEEP_LIFT.revealCancel(RevealCancel.BEHIND_LINEAR);
    near(values(DEEP_LIFT, f, 1, 2), 1, 0);
    near(values(reveal, f, 1, 2), 0.5, 0.5);
    near(values(DEEP_LIFT, f, 3, 2), 0, 2);
    near(values(reveal, f, 3, 2), 1, 1);
    // x₂ did not move: the mean of its multipliers had it risen, 0, and had it fallen, 1
    near(values(reveal.multipliers(), f, 1, 0), 0, 0.5);
    near(values(reveal, f, 1, 0), 0, 0);
  }

  @Test
  void rescaleMultipliersOfADenseLayer() {
    Network f =
        x -> {
          Var w = matrix(x, 4, 2, 1, -1, 2, -2, 3, -3, 4, -4);
          Var b = x.tape().constant("b", Tensor.of(Shape.of(2), -1, 1));
          return x.tape().scope("dense", () -> x.linear(w, b)).relu();
        };
    DeepLift at = DEEP_LIFT.multipliers().at(Place.layer("dense"));
    near(explain(at, f, Nets.row(1, 1, 1, 1), 0).values().toFloats(), 0.9, 0);
    near(explain(at, f, Nets.row(1, 1, 1, 1), 1).values().toFloats(), 0, 0.1);
    near(explain(at, f, Nets.row(2, 2, 2, 2), 0).values().toFloats(), 0.95, 0);
    near(explain(at, f, Nets.row(2, 2, 2, 2), 1).values().toFloats(), 0, 0.05);
    near(
        explain(DEEP_LIFT.multipliers(), f, Nets.row(1, 1, 1, 1), 1).values().toFloats(),
        -0.1,
        -0.2,
        -0.3,
        -0.4);
  }

  // ---- LRP

  /** W₁ = 2 everywhere but in its corner, ReLU, w₂ = (3, 3, 3). */
  private static Network dense(float corner) {
    return x -> {
      Var hidden =
          x.tape()
              .scope("first", () -> x.linear(matrix(x, 3, 3, corner, 2, 2, 2, 2, 2, 2, 2, 2), null))
              .relu();
      return x.tape().scope("second", () -> hidden.linear(matrix(x, 3, 1, 3, 3, 3), null));
    };
  }

  private static Lrp layers(Rule first, Rule second) {
    return new Lrp(
        Composite.named("by name")
            .layers("first", first)
            .layers("second", second)
            .then(Composite.epsilon(1e-9f)));
  }

  @Test
  void twoDenseLayers() {
    near(values(LRP_0, dense(2), 1, 2, 3), 18, 36, 54);
    near(values(LRP_0, dense(-2), 1, 2, 3), 6, 36, 54);
    near(values(DEEP_LIFT, dense(-2), 1, 2, 3), 6, 36, 54);
    Lrp gamma = layers(LrpRule.gamma(1), LrpRule.gamma(0.25f));
    near(values(gamma, dense(-2), 1, 2, 3), 28 / 3.0, 104 / 3.0, 52);
    Lrp captum =
        new Lrp(
            Captum.composite(
                Map.of("first", Captum.gamma(1, true), "second", Captum.gamma(0.25f, true))));
    near(values(captum, dense(-2), 1, 2, 3), 28 / 3.0, 104 / 3.0, 52);
    Lrp up = layers(LrpRule.alphaBeta(1, 0), LrpRule.alphaBeta(1, 0));
    near(values(up, dense(-2), 1, 2, 3), 12, 33.6, 50.4);
    near(values(layers(LrpRule.zPlus(), LrpRule.zPlus()), dense(-2), 1, 2, 3), 12, 33.6, 50.4);
  }

  @Test
  void anIdentityHandsOnWhatCame() {
    Rule identity = (n, r, to) -> to.to(n.in(0), () -> Objects.requireNonNull(r.getFirst()));
    Lrp pass = layers(identity, LrpRule.epsilon(1e-9f));
    near(values(pass, dense(-2), 1, 2, 3), 24, 36, 36);
  }

  private static float[] neuron(Rule rule, boolean bias, float x1, float x2) {
    Network f =
        x ->
            x.linear(
                matrix(x, 2, 1, 3, -1),
                bias ? x.tape().constant("b", Tensor.of(Shape.of(1), 1)) : null);
    Lrp lrp = new Lrp(Composite.everywhere("one rule", rule)).start(Lrp.Start.ONE);
    return values(lrp, f, x1, x2);
  }

  @Test
  void oneNeuronUnderEachRule() {
    near(neuron(LrpRule.epsilon(1e-9f), false, 1, 2), 3, -2);
    near(neuron(LrpRule.zPlus(), false, 1, 2), 1, 0);
    near(neuron(LrpRule.alphaBeta(2, 1), false, 1, 2), 2, -1);
    near(neuron(LrpRule.gamma(0.25f), false, 1, 2), 15 / 7.0, -8 / 7.0);
    near(neuron(LrpRule.wSquare(), false, 1, 2), 0.9, 0.1);
    near(neuron(LrpRule.flat(), false, 1, 2), 0.5, 0.5);
    near(neuron(LrpRule.zBox(-1, 3), false, 1, 2), 6 / 7.0, 1 / 7.0);
    near(neuron(LrpRule.zBox(0, 3), false, 1, 2), 0.75, 0.25);
    near(neuron(LrpRule.excitation(), false, 1, 2), 1, 0);
  }

  @Test
  void oneNeuronWithABias() {
    near(neuron(LrpRule.epsilon(1e-9f), true, 1, 2), 1.5, -1);
    near(neuron(LrpRule.epsilon(0.25f), true, 1, 2), 4 / 3.0, -8 / 9.0);
    near(neuron(LrpRule.gamma(0.25f), true, 1, 2), 1.25, -2 / 3.0);
  }

  @Test
  void gammaTurnsWithTheSignOfTheNeuron() {
    near(neuron(LrpRule.gamma(0.25f), false, 1, 4), -1.5, 2.5);
    near(neuron(LrpRule.gamma(0.25f), false, -1, 2), 0.6, 0.4);
  }

  private static final Tensor ONES = Tensor.of(Shape.of(3, 3, 1, 2), ones(18));
  private static final Tensor BIAS = Tensor.of(Shape.of(2), -50, -75);

  private static float[] ones(int n) {
    float[] all = new float[n];
    Arrays.fill(all, 1);
    return all;
  }

  /** The logit 54 is one channel's window of 54; the other windows cancel. */
  @Test
  void aConvolution() {
    Network f =
        x ->
            x.conv2d(Window.UNIT, x.tape().constant("w", ONES), x.tape().constant("b", BIAS))
                .relu()
                .flatten()
                .linear(matrix(x, 8, 1, 1, 1, 1, -1, 1, -1, 1, -1), null);
    Tensor image = Tensor.of(Shape.of(1, 4, 4, 1), new float[16]);
    for (int i = 0; i < 16; i++) {
      image.put(i, i);
    }
    // biases are part of no input's share: with them in the denominator, z is what the ReLU saw
    Attribution a = explain(LRP_0, f, image, 0);
    assertArrayEquals(new float[] {54}, a.outputs());
    near(a.values().toFloats(), 0, 1, 2, 3, 0, 5, 6, 7, 0, 9, 10, 11, 0, 0, 0, 0);
    assertEquals(54, Attribution.sum(a.values()), 54 * ROUNDING);
  }

  @Test
  void aSkipConnectionIsANodeLikeAnyOther() {
    Network f = x -> column(x.linear(matrix(x, 2, 2, 5, 5, 5, 5), null).add(x), 1);
    near(values(LRP_0, f, 2, 3), 10, 18);
    near(values(DEEP_LIFT, f, 2, 3), 10, 18);
  }

  // ---- signals

  @Test
  void whatIsNegativeIsHeldBack() {
    Network f =
        x ->
            x.linear(matrix(x, 1, 3, 1, -1, 1), null)
                .relu()
                .linear(matrix(x, 3, 1, 2, 3, -4), null);
    assertArrayEquals(new float[] {2}, values(new GuidedBackprop(), f, 1));
    assertArrayEquals(new float[] {-1}, values(new Deconvnet(), f, 1));
  }
}
