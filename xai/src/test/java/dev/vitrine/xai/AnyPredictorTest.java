package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.example.Anchor;
import dev.vitrine.xai.example.Anchors;
import dev.vitrine.xai.lime.Lime;
import dev.vitrine.xai.lime.LimeTabular;
import dev.vitrine.xai.perturb.FeatureAblation;
import dev.vitrine.xai.perturb.FeaturePermutation;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Hierarchy;
import dev.vitrine.xai.perturb.Occlusion;
import dev.vitrine.xai.perturb.Replacement;
import dev.vitrine.xai.perturb.Rise;
import dev.vitrine.xai.shapley.ExactShapley;
import dev.vitrine.xai.shapley.KernelShap;
import dev.vitrine.xai.shapley.OwenShapley;
import dev.vitrine.xai.shapley.ShapleySampling;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule written in Java, explained by every method that needs only outputs. */
class AnyPredictorTest {
  private static final Tensor ROW = Nets.row(1, 1, 1, 1, 1);
  private static final Features EACH = Features.each();
  private static final Replacement ZERO = Replacement.zero();

  /** "Both the second and the fourth number exceed a half": two outputs, no and yes. */
  private static Tensor rule(Tensor x) {
    int n = x.shape().dim(0);
    Tensor y = new Memory("answers").floats(Shape.of(n, 2));
    for (int r = 0; r < n; r++) {
      boolean yes = x.at(5L * r + 1) > 0.5f && x.at(5L * r + 3) > 0.5f;
      y.put(2L * r + (yes ? 1 : 0), 1);
    }
    return y;
  }

  private static float[] explained(Explainer e, Tensor x) {
    try (Subject s = Subject.of(AnyPredictorTest::rule, "rule")) {
      return e.explain(s, x, Target.of(1)).row(0).toFloats();
    }
  }

  @Test
  void losingEitherLosesAll() {
    float[] wanted = {0, 1, 0, 1, 0};
    var window = new Occlusion(List.of(1), List.of(1), Baseline.zero(), false);
    assertArrayEquals(wanted, explained(window, ROW));
    assertArrayEquals(wanted, explained(new FeatureAblation(), ROW));
    Tensor two = Tensor.of(Shape.of(2, 5), 1, 1, 1, 1, 1, 0, 0, 0, 0, 0);
    var swapped = new FeaturePermutation(EACH, (feature, n) -> new int[] {1, 0});
    assertArrayEquals(wanted, explained(swapped, two));
  }

  @Test
  void shapleyValuesShare() {
    float[] wanted = {0, 0.5f, 0, 0.5f, 0};
    List<Explainer> all =
        List.of(
            new ExactShapley(EACH, ZERO),
            new ShapleySampling(EACH, ZERO, 1),
            new KernelShap(EACH, ZERO, 1),
            new KernelShap(EACH, ZERO, 1).samples(20),
            new OwenShapley(EACH, ZERO, Hierarchy.halves(), 1000));
    for (Explainer e : all) {
      // least squares in double of values that are 0 or 1
      assertArrayEquals(wanted, explained(e, ROW), 1e-6f, e.name());
    }
  }

  @Test
  void surrogatesWeighTheTwoAlone() {
    Tensor table = Nets.normal(1, 200, 5);
    for (Explainer e :
        List.of(
            Lime.image(EACH, 1).replacement(ZERO),
            Lime.captum(EACH, ZERO, 500, 1),
            LimeTabular.of(table, Set.of(), 1),
            LimeTabular.of(table, Set.of(), 1).aroundRow())) {
      float[] a = explained(e, ROW);
      for (int j : new int[] {0, 2, 4}) {
        // what is left is the noise of some hundred samples
        assertTrue(Math.abs(a[j]) < 0.2 * Math.min(a[1], a[3]), e.settings() + ": " + j);
      }
    }
  }

  @Test
  void masksThatShowBothAreAnsweredYes() {
    Tensor image = ROW.reshape(Shape.of(1, 1, 5, 1));
    float[] a = explained(new Rise(5, 0.5, 4000, 1), image);
    for (int j : new int[] {0, 4}) {
      assertTrue(a[j] < a[1] && a[j] < a[3], "pixel " + j);
    }
  }

  @Test
  void theAnchorIsTheRule() {
    Tensor table = Nets.normal(3, 400, 5);
    for (long i = 0; i < table.size(); i++) {
      table.put(i, table.at(i) > 0 ? 1 : 0);
    }
    try (Subject s = Subject.of(AnyPredictorTest::rule, "rule");
        Question q = Question.of(s, ROW, 0, Target.predicted())) {
      Anchor because = Anchors.table(table, Set.of(0, 1, 2, 3, 4), 1).find(q).getFirst();
      assertTrue(because.found());
      assertEquals(List.of(1, 3), because.conditions().stream().sorted().toList());
      assertEquals(1, because.precision());
    }
  }
}
