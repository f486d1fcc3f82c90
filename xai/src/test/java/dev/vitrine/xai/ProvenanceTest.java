package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.ExpectedGradients;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Quadrature;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import dev.vitrine.xai.rule.Composite;
import dev.vitrine.xai.rule.Lrp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a result says about itself is enough to get it again. */
class ProvenanceTest {
  private static final Tensor X = Nets.normal(1, 5, 4);

  /** Makes the explainer that the record names, from nothing else. */
  private static Explainer rebuilt(Provenance p) {
    Map<String, String> s = p.settings();
    return switch (p.method()) {
      case "Saliency" -> new Saliency(Boolean.parseBoolean(s.get("signed")));
      case "InputXGradient" -> new InputXGradient();
      case "IntegratedGradients" ->
          new IntegratedGradients(
              Place.input(),
              Quadrature.valueOf(s.get("rule")),
              Integer.parseInt(s.get("steps")),
              baseline(s.get("baseline")),
              Double.parseDouble(s.get("tolerance")),
              Boolean.parseBoolean(s.get("multiplied")),
              1 << 14);
      default -> throw new IllegalArgumentException(p.method());
    };
  }

  private static Baseline baseline(String text) {
    String[] words = text.replace(",", "").split(" ");
    return switch (words[0]) {
      case "constant" -> Baseline.constant(Float.parseFloat(words[1]));
      case "uniform" ->
          Baseline.uniform(
              Long.parseLong(words[5]), Float.parseFloat(words[1]), Float.parseFloat(words[3]));
      default -> throw new IllegalArgumentException(text);
    };
  }

  @Test
  void itReplaysToTheSameBits() {
    Explainer[] methods = {
      new Saliency(true),
      new InputXGradient(),
      new IntegratedGradients().rule(Quadrature.RIEMANN_MIDDLE).steps(17),
      new IntegratedGradients().tolerance(1e-5).baseline(Baseline.constant(-0.1f)),
      new IntegratedGradients().averageGradient().baseline(Baseline.uniform(7, -0.5f, 1.25f))
    };
    Target target = Target.of(1).logProbability();
    for (Explainer method : methods) {
      try (Model m = Nets.smooth();
          Model same = Nets.smooth()) {
        Attribution first = method.explain(m, X, target);
        Attribution again = rebuilt(first.provenance()).explain(same, X, target);
        assertEquals(first.provenance(), again.provenance());
        assertEquals(first.hash(), again.hash(), method.toString());
        assertEquals(m.hash(), first.provenance().model());
      }
    }
  }

  @Test
  void whatMattersIsInIt() {
    var ig = new IntegratedGradients();
    IntegratedGradients[] others = {
      ig.steps(51),
      ig.rule(Quadrature.RIEMANN_LEFT),
      ig.baseline(Baseline.constant(1)),
      ig.baseline(Baseline.of(X)),
      ig.tolerance(1),
      ig.averageGradient()
    };
    try (Model m = Nets.smooth();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Provenance p = ig.explain(s, X, Target.predicted()).provenance();
      for (IntegratedGradients other : others) {
        assertNotEquals(p, other.explain(s, X, Target.predicted()).provenance());
      }
      assertEquals(p, ig.budget(1).explain(s, X, Target.predicted()).provenance());
      assertThrows(UnsupportedOperationException.class, () -> p.settings().put("steps", "1"));
    }
  }

  @Test
  void noTwoMethodsSayTheSame() {
    Tensor x = Nets.normal(1, 1, 8, 8, 1);
    List<Explainer> methods = new ArrayList<>();
    methods.addAll(AllMethods.ofLogits(Place.layer("conv1"), Nets.normal(2, 3, 8, 8, 1), 0, 0, 0));
    methods.add(new Lrp(Composite.epsilon(0.5f)));
    methods.add(new Lrp(Composite.epsilonGammaBox(1e-6f, 0.5f, -5, 5)));
    methods.add(new Lrp(Composite.epsilonGammaBox(1e-6f, 0.25f, -4, 5)));
    var expected = new ExpectedGradients(Baseline.zero());
    methods.add(new SmoothGrad(expected.samples(3)).samples(2));
    methods.add(new SmoothGrad(expected.samples(2)).samples(2));
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Map<Provenance, Explainer> said = new HashMap<>();
      for (Explainer e : methods) {
        Provenance p = e.explain(s, x, Target.of(0)).provenance();
        Explainer other = said.put(p, e);
        assertNull(other, () -> p + " is what both say: " + e + ", " + other);
      }
    }
  }

  /** What only watches or saves memory changes no bit, and is no part of it. */
  @Test
  void whatDoesNotMatterIsNot() {
    Tensor x = Nets.normal(1, 1, 8, 8, 1);
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Provenance lrp = Lrp.epsilon().explain(s, x, Target.of(0)).provenance();
      assertEquals(lrp, Lrp.epsilon().withLedger().explain(s, x, Target.of(0)).provenance());
      assertEquals("LRP-Epsilon", lrp.method());
      assertEquals("ε 1.0E-6 on Linear, Conv2d", lrp.settings().get("rules"));
    }
  }
}
