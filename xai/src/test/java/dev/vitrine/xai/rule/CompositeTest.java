package dev.vitrine.xai.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Presets give the rules to the layers that their papers say: the same by the layers' names. */
class CompositeTest {
  private static final float E = 1e-6f;
  private static final Tensor X = Nets.normal(15, 3, 8, 8, 2);
  private static final Target TARGET = Target.of(1, 0, 2);
  private static final LrpRule EPSILON = LrpRule.epsilon(E);
  private static final LrpRule BOX = LrpRule.zBox(-5, 4);

  private static Attribution explain(Subject s, Composite c) {
    return new Lrp(c).withLedger().explain(s, X, TARGET);
  }

  /** By names alone: conv1, residual1.conv1 and .conv2, conv2, linear1 and linear2. */
  private static Composite named(Rule first, Rule convolutions, Rule dense) {
    return Composite.named("by name")
        .layers("conv1", first)
        .layers("*conv*", convolutions)
        .layers("linear*", dense)
        .then(Composite.epsilon(E));
  }

  @Test
  void thoseThatSayTheSameAreTheSame() {
    assertEquals(Composite.epsilonPlusFlat(E), Composite.epsilonPlusFlat(E));
    assertEquals(Lrp.epsilon().withLedger(), Lrp.epsilon().withLedger());
    assertEquals(named(BOX, EPSILON, EPSILON), named(BOX, EPSILON, EPSILON));
    assertNotEquals(Composite.epsilonPlus(E), Composite.epsilonPlus(1e-3f));
    assertNotEquals(named(EPSILON, BOX, EPSILON), named(BOX, EPSILON, EPSILON));
    Rule own = (n, r, to) -> {};
    assertNotEquals(named(own, EPSILON, EPSILON), named(own, EPSILON, EPSILON));
  }

  @Test
  void presetsAreWhatTheirNamesSay() {
    LrpRule up = LrpRule.zPlus();
    LrpRule both = LrpRule.alphaBeta(2, 1);
    LrpRule flat = LrpRule.flat();
    LrpRule gamma = LrpRule.gamma(0.25f);
    LrpRule taylor = LrpRule.deepTaylor();
    Map<Composite, Composite> same =
        Map.of(
            Composite.epsilon(E), named(EPSILON, EPSILON, EPSILON),
            Composite.epsilonPlus(E), named(up, up, EPSILON),
            Composite.epsilonPlusFlat(E), named(flat, up, EPSILON),
            Composite.epsilonAlpha2Beta1(E), named(both, both, EPSILON),
            Composite.epsilonAlpha2Beta1Flat(E), named(flat, both, EPSILON),
            Composite.epsilonGammaBox(E, 0.25f, -5, 4), named(BOX, gamma, EPSILON),
            Composite.deepTaylor(-5, 4), named(BOX, taylor, taylor),
            Composite.everywhere("Gamma", gamma), named(gamma, gamma, gamma));
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      same.forEach((preset, byName) ->
          assertEquals(explain(s, byName).hash(), explain(s, preset).hash(), preset.toString()));
    }
  }

  @Test
  void theFirstEntryThatAnswersDecides() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Composite plain = Composite.epsilon(E);
      Composite before = Composite.named("x").layers("conv1", LrpRule.flat()).then(plain);
      Composite after = plain.layers("conv1", LrpRule.flat());
      String wanted = explain(s, plain).hash();
      assertEquals(wanted, explain(s, after).hash());
      assertNotEquals(wanted, explain(s, before).hash());
      Composite nobody = Composite.named("x").layers("conv", LrpRule.flat()).then(plain);
      assertEquals(wanted, explain(s, nobody).hash(), "names match as a whole");
      assertTrue(before.rules().startsWith("flat on layers conv1; ε 1.0E-6 on"), before.rules());
    }
  }

  /** Two branches of the input have a first layer each; the layer behind them is none. */
  @Test
  void everyBranchHasAFirstLayer() {
    Network branches =
        x -> {
          var t = x.tape();
          var a = t.scope("a", () -> x.linear(Nets.matrix(x, 2, 2, 1, -2, 3, 4), null)).relu();
          var b = t.scope("b", () -> x.scale(2).linear(Nets.matrix(x, 2, 2, 2, 1, 1, -1), null));
          return t.scope("c", () -> a.add(b).linear(Nets.matrix(x, 2, 1, 1, 3), null));
        };
    Composite first = Composite.named("x").first(LrpRule.flat()).then(Composite.epsilon(E));
    Composite named =
        Composite.named("x")
            .layers("a", LrpRule.flat())
            .layers("b", LrpRule.flat())
            .then(Composite.epsilon(E));
    try (Subject s = Nets.subject(branches)) {
      Tensor x = Nets.row(1, 2);
      assertEquals(
          new Lrp(named).explain(s, x, Target.of(0)).hash(),
          new Lrp(first).explain(s, x, Target.of(0)).hash());
    }
  }

  /** y = 2·(3x) − 4 for x = 1: the layer's 6 and the norm's 2 are divided by ε one by one. */
  @Test
  void aNormWithARuleOfItsOwnIsNotMerged() {
    Network f =
        x -> {
          var t = x.tape();
          var z = t.scope("l", () -> x.linear(Nets.matrix(x, 1, 1, 3), null));
          Var zero = t.constant("zero", Tensor.of(Shape.of(1), 0f));
          Var one = t.constant("one", Tensor.of(Shape.of(1), 1f));
          Var two = t.constant("two", Tensor.of(Shape.of(1), 2f));
          Var four = t.constant("four", Tensor.of(Shape.of(1), -4f));
          return t.scope("n", () -> z.batchNorm(two, four, zero, one, 0));
        };
    float e = 0.5f;
    Composite merged = Composite.epsilon(e);
    Composite alone = Captum.everywhere(e);
    try (Subject s = Nets.subject(f)) {
      float[] whole = new Lrp(merged).explain(s, Nets.row(1), Target.of(0)).values().toFloats();
      float[] parts = new Lrp(alone).explain(s, Nets.row(1), Target.of(0)).values().toFloats();
      assertEquals(6 * 2 / 2.5, whole[0], 1e-6); // a few roundings of numbers below 8
      assertEquals(6 * 2 / 2.5 * 3 / 3.5, parts[0], 1e-6);
    }
  }

  private static final Tensor GREY = Nets.normal(16, 8, 8, 8, 1);

  /** Excitation backprop divides a probability of 1 among pixels; the ledger has what got lost. */
  @Test
  void excitationIsAProbability() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Lrp lrp = new Lrp(Composite.excitation()).start(Lrp.Start.ONE).withLedger();
      Attribution a = lrp.explain(s, GREY, Target.predicted());
      Ledger l = Objects.requireNonNull(a.ledger());
      for (int r = 0; r < 8; r++) {
        for (float v : a.row(r).toFloats()) {
          assertTrue(v >= 0 && v <= 1, "" + v);
        }
        // some hundred roundings
        assertEquals(1 - l.stabiliser(r), Attribution.sum(a.row(r)), 1e-5, l.of(r));
        assertEquals(0, l.bias(r));
      }
    }
  }

  /** Montavon et al. 2017, definition 2: what speaks for an output has no negative part. */
  @Test
  void deepTaylorIsPositive() {
    int asked = 0;
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Lrp taylor = new Lrp(Composite.deepTaylor(-5, 5));
      Attribution a = taylor.explain(s, GREY, Target.predicted());
      for (int r = 0; r < 8; r++) {
        for (float v : a.row(r).toFloats()) {
          assertTrue(a.outputs()[r] <= 0 || v >= 0, "" + v);
        }
        asked += a.outputs()[r] > 0 ? 1 : 0;
      }
    }
    assertTrue(asked > 0, "there was an output to explain");
  }

  // ---- what all of them do between layers

  private static float[] epsilon(Network f, float... x) {
    Lrp lrp = new Lrp(Composite.epsilon(1e-9f)).start(Lrp.Start.ONE);
    try (Subject s = Nets.subject(f)) {
      return lrp.explain(s, Nets.row(x), Target.of(0)).values().toFloats();
    }
  }

  @Test
  void sumsAreSharedByTheirTerms() {
    // z = 10 or less, and 10⁻⁶ more
    float small = 2e-6f;
    assertArrayEquals(
        new float[] {0.1f, 0.2f, 0.3f, 0.4f},
        epsilon(
            x -> x.reshape(-1, 2, 2, 1).avgPool2d(2, 2, Window.UNIT, true).flatten(), 1, 2, 3, 4),
        small);
    assertArrayEquals(
        new float[] {1.5f, -0.5f},
        epsilon(x -> Nets.column(x, 0).sub(Nets.column(x, 1)), 3, 1),
        small);
    assertArrayEquals(
        new float[] {0.1f, 0.2f, 0.3f, 0.4f},
        epsilon(x -> x.sumLast().scale(7), 1, 2, 3, 4),
        small);
    assertArrayEquals(new float[] {0.75f}, epsilon(x -> x.shift(1), 3), small);
  }

  @Test
  void movesAndActivationsHandOnWhatCame() {
    assertArrayEquals(new float[] {0, 1, 0}, epsilon(x -> x.flip(1).slice(1, 1, 2), 4, 5, 6));
    assertArrayEquals(
        new float[] {1}, epsilon(x -> x.tanh().sigmoid().gelu().clip(0, 6).relu(), 0.3f));
    assertArrayEquals(
        new float[] {0, 0, 1, 0},
        epsilon(x -> x.reshape(-1, 2, 2, 1).maxPool2d(2, 2, Window.UNIT).flatten(), 1, 2, 5, 4));
  }
}
