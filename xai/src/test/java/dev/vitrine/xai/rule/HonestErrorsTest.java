package dev.vitrine.xai.rule;

import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.layerNorm;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.softmax;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.op.LayerNorm;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.layer.Cam;
import dev.vitrine.xai.layer.LayerActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What can't be explained is said, with the node's name and the way out; nothing is guessed. */
class HonestErrorsTest {
  private static final List<Explainer> RULES = List.of(new DeepLift(), Lrp.epsilon());

  private static final Tensor ROW = Nets.row(1, 2, -1);

  private static String refusal(
      Class<? extends RuntimeException> kind, Explainer e, Network f, Tensor x, Target t) {
    try (Subject s = Nets.subject(f)) {
      return Objects.requireNonNull(
          assertThrows(kind, () -> e.explain(s, x, t), e.toString()).getMessage());
    }
  }

  private static void contains(String message, String... parts) {
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  // ---- nodes without a rule

  @Test
  void aNodeWithoutARuleIsNamed() {
    Network attention = x -> x.tape().scope("gate", x::softmax).scale(2);
    for (Explainer e : RULES) {
      String message = refusal(IllegalStateException.class, e, attention, ROW, Target.of(0));
      contains(message, "no rule for", "\"gate\"", "Softmax", "RuleSet.on(rule, ");
    }
  }

  @Test
  void aProductOfTwoThingsExplainedIsNamed() {
    Network gated = x -> x.tape().scope("gate", () -> x.tanh().mul(x.sigmoid()));
    Network quotient = x -> x.tape().scope("share", () -> x.div(x.square().shift(1)));
    for (Explainer e : RULES) {
      String product = refusal(IllegalStateException.class, e, gated, ROW, Target.of(0));
      contains(product, "\"gate\"", "two values that depend on the input", "RuleSet.on(rule, ");
      refusal(IllegalStateException.class, e, quotient, ROW, Target.of(0));
    }
  }

  @Test
  void weightsThatDependOnTheInputAreRefused() {
    Network own = x -> x.tape().scope("own", () -> x.linear(x.reshape(3, 1), null));
    for (Explainer e :
        List.of(
            new DeepLift(),
            new DeepLift().revealCancel(RevealCancel.EVERYWHERE),
            Lrp.epsilon(),
            new Lrp(Composite.excitation()))) {
      String message = refusal(IllegalStateException.class, e, own, ROW, Target.of(0));
      contains(message, "\"own\"");
    }
  }

  /** RevealCancel treats a layer and its activation as one: what lies between has no share. */
  @Test
  void insideRevealCancelThereIsNoPlace() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(1, 2, 8, 8, 1);
      DeepLift reveal = new DeepLift().revealCancel(RevealCancel.BEHIND_LINEAR);
      DeepLift inside = reveal.at(Place.layer("linear1"));
      var error =
          assertThrows(IllegalArgumentException.class, () -> inside.explain(s, x, Target.of(0)));
      contains(Objects.requireNonNull(error.getMessage()), "\"linear1\"", "before or behind");
      for (String layer : List.of("flatten1", "relu2", "conv1")) {
        Attribution a = reveal.at(Place.layer(layer)).explain(s, x, Target.of(0));
        var c = Objects.requireNonNull(a.convergence());
        assertEquals(0, c.worst(), 5e-6, "complete at " + layer);
      }
    }
  }

  @Test
  void oneFactorThatIsConstantIsFine() {
    Network masked = x -> x.mul(x.tape().constant("mask", Nets.row(2, 0, -1)));
    for (Explainer e : RULES) {
      try (Subject s = Nets.subject(masked)) {
        float[] a = e.explain(s, ROW, Target.of(2)).values().toFloats();
        // LRP's denominator of 1 grows by 10⁻⁶
        assertArrayEquals(new float[] {0, 0, 1}, a, 2e-6f);
      }
    }
  }

  /** The way out that the message names. */
  @Test
  void aRuleThatIsGivenIsTaken() {
    try (Model m = Model.sequential(linear(3, 4), layerNorm(4), relu(), linear(4, 2));
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var e =
          assertThrows(
              IllegalStateException.class, () -> Lrp.epsilon().explain(s, ROW, Target.of(0)));
      contains(Objects.requireNonNull(e.getMessage()), "\"norm1\"");
      Rule pass = (n, r, to) -> to.to(n.in(0), () -> Objects.requireNonNull(r.getFirst()));
      Composite own =
          Composite.named("own").on(pass, LayerNorm.class).then(Composite.epsilon(1e-6f));
      Attribution a = new Lrp(own).withLedger().explain(s, ROW, Target.of(0));
      Ledger l = Objects.requireNonNull(a.ledger());
      assertTrue(l.unbalanced(0).isEmpty(), l.toString());
      assertTrue(l.lines().stream().anyMatch(n -> n.node().startsWith("norm1")), l.toString());
    }
  }

  // ---- places

  @Test
  void anUnknownLayerListsTheKnownOnes() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(1, 1, 8, 8, 1);
      Place nowhere = Place.layer("conv7");
      for (Explainer e :
          List.of(
              Lrp.epsilon().at(nowhere),
              new DeepLift().at(nowhere),
              new Saliency().at(nowhere),
              new IntegratedGradients().at(nowhere),
              Cam.gradCam(nowhere))) {
        var error =
            assertThrows(IllegalArgumentException.class, () -> e.explain(s, x, Target.of(0)));
        contains(
            Objects.requireNonNull(error.getMessage()), "\"conv7\"", "conv1", "relu1", "linear2");
        assertFalse(error.getMessage().contains("weight"), error.getMessage());
      }
    }
  }

  @Test
  void aNeuronOutOfRangeSaysWhatThereIs() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(1, 2, 8, 8, 1);
      int[][] wrong = {{6, 0, 0}, {0, 0, 5}, {-1, 0, 0}, {0, 0}, {}};
      for (int[] index : wrong) {
        Target t = Target.neuron(Place.layer("conv1"), index);
        var error =
            assertThrows(IllegalArgumentException.class, () -> new Saliency().explain(s, x, t));
        contains(Objects.requireNonNull(error.getMessage()), "neuron", "conv1", "[6, 6, 5]");
      }
      Target last = Target.neuron(Place.layer("conv1"), 5, 5, 4);
      Attribution a = new LayerActivation(Place.layer("conv1")).explain(s, x, last);
      assertEquals(a.row(1).at(5 * 30 + 5 * 5 + 4), a.outputs()[1]);
    }
  }

  @Test
  void aMapNeedsALayerOfImages() {
    try (Model m = Nets.images();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  Cam.gradCam(Place.layer("linear1"))
                      .explain(s, Nets.normal(1, 1, 8, 8, 1), Target.of(0)));
      contains(Objects.requireNonNull(error.getMessage()), "linear1", "[1, 8]", "[n, h, w, c]");
    }
  }

  // ---- softmax at the end

  @Test
  void aNetworkThatEndsInSoftmaxIsExplainedAtItsLogits() {
    try (Model logits = classifier(false);
        Model shares = classifier(true);
        Subject a = Subject.of(logits, Nets.SCALAR);
        Subject b = Subject.of(shares, Nets.SCALAR)) {
      Tensor x = Nets.normal(8, 3, 4);
      Target t = Target.of(1, 0, 2);
      for (Explainer e :
          List.of(new DeepLift(), Lrp.epsilon(), new InputXGradient(), new IntegratedGradients())) {
        Attribution wanted = e.explain(a, x, t);
        Attribution given = e.explain(b, x, t);
        assertEquals(wanted.hash(), given.hash(), e.toString());
        assertArrayEquals(wanted.outputs(), given.outputs(), e.toString());
        contains(given.provenance().target(), "logit", "before the network's softmax");
        assertFalse(wanted.provenance().target().contains("softmax"));
      }
    }
  }

  @Test
  void aProbabilityIsNotNormalisedTwice() {
    try (Model logits = classifier(false);
        Model shares = classifier(true);
        Subject a = Subject.of(logits, Nets.SCALAR);
        Subject b = Subject.of(shares, Nets.SCALAR)) {
      Tensor x = Nets.normal(8, 1, 4);
      float[] outputs = b.outputs(x).toFloats();
      for (int c = 0; c < 3; c++) {
        Attribution given = new Saliency(true).explain(b, x, Target.of(c).probability());
        Attribution wanted = new Saliency(true).explain(a, x, Target.of(c).probability());
        assertEquals(outputs[c], given.outputs()[0]);
        assertEquals(wanted.hash(), given.hash());
        assertFalse(given.provenance().target().contains("before"), given.provenance().target());
      }
    }
  }

  private static Model classifier(boolean softmax) {
    List<Layer> layers = new ArrayList<>(List.of(linear(4, 6), tanh(), linear(6, 3)));
    if (softmax) {
      layers.add(softmax());
    }
    return Model.sequential(layers.toArray(Layer[]::new)).init(5);
  }

  // ---- batch norms

  @Test
  void aMergedLayerIsNoPlaceOfItsOwn() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(9, 2, 8, 8, 2);
      var error =
          assertThrows(
              IllegalArgumentException.class,
              () -> Lrp.epsilon().at(Place.layer("conv1")).explain(s, x, Target.of(0)));
      contains(Objects.requireNonNull(error.getMessage()), "conv1", "batch norm");
      Attribution at = Lrp.epsilon().at(Place.layer("norm1")).explain(s, x, Target.of(0));
      assertEquals(2 * 6 * 6 * 4, at.values().size());
    }
  }

  /** Behind a ReLU there is nothing to merge it into: relevance passes, and the ledger says so. */
  @Test
  void aNormThatCannotBeMergedHandsRelevanceOn() {
    try (Model m =
            Model.sequential(
                    conv2d(1, 3, 3),
                    relu(),
                    batchNorm(3),
                    conv2d(3, 2, 3),
                    flatten(),
                    linear(32, 2))
                .init(6);
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Tensor x = Nets.normal(9, 2, 8, 8, 1);
      Lrp lrp = Lrp.epsilon().withLedger();
      Ledger l = Objects.requireNonNull(lrp.explain(s, x, Target.of(0)).ledger());
      for (int r = 0; r < 2; r++) {
        int row = r;
        assertTrue(l.unbalanced(r).isEmpty(), l.of(r));
        List<Ledger.Line> norm =
            l.lines().stream().filter(n -> n.node().startsWith("norm1")).toList();
        assertEquals(1, norm.size(), l.of(r));
        norm.forEach(n -> assertEquals(n.in()[row], n.out()[row]));
      }
    }
  }

  /** Two readers of the layer in front: merging would change what the other one sees. */
  @Test
  void aLayerWithTwoReadersIsNotMerged() {
    Tensor w = Nets.normal(1, 3, 2);
    Network f =
        x -> {
          var tape = x.tape();
          var y = tape.scope("layer", () -> x.linear(tape.constant("w", w), null));
          var ones = tape.constant("ones", Tensor.of(Shape.of(2), 3, 2));
          var normed = tape.scope("norm", () -> y.batchNorm(ones, ones, ones, ones, 1e-5f));
          return normed.add(y);
        };
    try (Subject s = Nets.subject(f)) {
      Attribution a = Lrp.epsilon().withLedger().explain(s, ROW, Target.of(1));
      Ledger l = Objects.requireNonNull(a.ledger());
      assertTrue(l.lines().stream().anyMatch(n -> n.node().equals("norm BatchNorm")), l.toString());
      assertTrue(l.unbalanced(0).isEmpty(), l.toString());
      assertEquals(s.outputs(ROW).at(1), a.outputs()[0]);
    }
  }
}
