package dev.vitrine.xai.perturb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Functions.OfRow;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.shapley.ExactShapley;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is lost with features: known answers. */
class PerturbTest {
  /** relu(s − 10) + 3·relu(s + 1) − 1, s = Σ x. */
  private static final OfRow KINKS =
      x -> {
        double s = (double) x[0] + x[1] + x[2];
        return Math.max(s - 10, 0) + 3 * Math.max(s + 1, 0) - 1;
      };

  private static float[] explained(Explainer e, OfRow f, float... x) {
    try (Subject s = Functions.subject(f)) {
      return e.explain(s, Nets.row(x), Target.of(0)).values().toFloats();
    }
  }

  private static Occlusion window(int extent, int stride, float hidden) {
    return new Occlusion(List.of(extent), List.of(stride), Baseline.constant(hidden), false);
  }

  @Test
  void occlusion() {
    float[] x = {20, 50, 30};
    assertArrayEquals(new float[] {80, 200, 120}, explained(window(1, 1, 0), KINKS, x));
    assertArrayEquals(new float[] {200, 220, 240}, explained(window(2, 1, 10), KINKS, x));
    assertArrayEquals(new float[] {200, 440, 240}, explained(window(2, 1, 10).summed(), KINKS, x));
    assertArrayEquals(new float[] {280, 280, 120}, explained(window(2, 2, 0), KINKS, x));
  }

  @Test
  void occlusionOfImagesHidesAllChannels() {
    float[] x = new float[4 * 4 * 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    try (Subject s = Functions.subject(row -> row[5] + row[31])) {
      Tensor image = Tensor.of(Shape.of(1, 4, 4, 2), x);
      float[] a = Occlusion.square(2, 2).explain(s, image, Target.of(0)).values().toFloats();
      // element 5 is pixel (0, 2), 31 is pixel (3, 3): the blocks at the right
      for (int e = 0; e < a.length; e++) {
        boolean right = e / 2 % 4 >= 2;
        float wanted = !right ? 0 : e / 8 < 2 ? 5 : 31;
        assertEquals(wanted, a[e], "element " + e);
      }
    }
  }

  @Test
  void ablationByGroups() {
    Tensor groups = Tensor.of(Shape.of(3), new int[] {7, 4, 7});
    var by = new FeatureAblation(Features.labelled(groups), Replacement.zero());
    assertArrayEquals(new float[] {200, 200, 200}, explained(by, KINKS, 20, 50, 30));
  }

  @Test
  void permutationLendsValues() {
    FeaturePermutation.Orders shifted = (feature, n) -> new int[] {1, 2, 0};
    var by = new FeaturePermutation(Features.each(), shifted);
    Tensor rows = Tensor.of(Shape.of(3, 2), 1, 10, 2, 20, 3, 30);
    try (Subject s = Functions.subject(x -> 2 * x[0])) {
      Attribution a = by.explain(s, rows, Target.of(0));
      assertArrayEquals(new float[] {-2, 0, -2, 0, 4, 0}, a.values().toFloats());
    }
  }

  /** A pixel that is all that counts is seen half the time: its mean is f, that of others f/2. */
  @Test
  void riseFindsThePixel() {
    float[] x = new float[8 * 8];
    Arrays.fill(x, 1);
    try (Subject s = Functions.subject(row -> row[8 * 2 + 5])) {
      Tensor image = Tensor.of(Shape.of(1, 8, 8, 1), x);
      Attribution a = new Rise(4, 0.5, 2000, 3).explain(s, image, Target.of(0));
      float[] map = a.values().toFloats();
      float[] error = Objects.requireNonNull(a.standardError()).toFloats();
      for (int e = 0; e < map.length; e++) {
        assertTrue(map[e] <= map[21], "pixel " + e);
      }
      // far away masks are independent: E[M·M']/p = p
      assertEquals(0.5, map[63 - 7], 4 * error[63 - 7]);
      assertTrue(map[21] > 0.6);
    }
  }

  /** Features 0 and 1 are copies of each other: what is known of one tells the other. */
  @Test
  void conditionalReplacementKnowsWhatGoesTogether() {
    Tensor data = Tensor.of(Shape.of(4, 2), 0, 0, 0, 0, 1, 1, 1, 1);
    OfRow first = x -> x[0];
    float[] x = {1, 1};
    var marginal = new ExactShapley(Features.each(), Replacement.background(data));
    var conditional = new ExactShapley(Features.each(), Replacement.conditional(data, 0.1));
    assertArrayEquals(new float[] {0.5f, 0}, explained(marginal, first, x), 1e-6f);
    // knowing the second is knowing the first: they share
    assertArrayEquals(new float[] {0.25f, 0.25f}, explained(conditional, first, x), 1e-6f);
  }

  @Test
  void meansAreOfFeatureAndChannel() {
    Tensor image = Tensor.of(Shape.of(1, 1, 4, 2), 1, 10, 3, 30, 5, 50, 9, 90);
    Tensor halves = Tensor.of(Shape.of(1, 4), new int[] {0, 0, 1, 1});
    var by = new FeatureAblation(Features.labelled(halves), Replacement.mean());
    try (Subject s = Functions.subject(x -> x[0] + 2 * x[7])) {
      float[] a = by.explain(s, image, Target.of(0)).values().toFloats();
      assertEquals(1 - 2, a[0]);
      assertEquals(2 * (90 - 70), a[7]);
    }
  }

  @Test
  void drawsAreAveraged() {
    Tensor two = Tensor.of(Shape.of(2, 1), -1, 5);
    var by = new FeatureAblation(Features.each(), Replacement.draws(Baseline.drawn(two, 1), 4000));
    // a mean of 4000 draws with deviation 3
    assertEquals(10 - 2, explained(by, x -> x[0], 10)[0], 4 * 3 / Math.sqrt(4000));
  }

  @Test
  void functionsHaveNoGradients() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> explained(new Saliency(), x -> x[0], 1));
    assertTrue(e.getMessage().contains("only outputs are known"), e.getMessage());
  }

  @Test
  void functionsMustGiveARowForEachRow() {
    try (Subject s = Subject.of(x -> Tensor.of(Shape.of(3), 1, 2, 3), "three")) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> new FeatureAblation().explain(s, Nets.row(1, 2), Target.of(0)));
      assertTrue(e.getMessage().contains("\"three\" gave outputs"), e.getMessage());
    }
  }

  @Test
  void unfitWindowsAndLabelsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> explained(Occlusion.square(2, 1), KINKS, 1, 2, 3));
    Tensor labels = Tensor.of(Shape.of(2), new int[] {0, 1});
    var by = new FeatureAblation(Features.labelled(labels), Replacement.zero());
    var e = assertThrows(IllegalArgumentException.class, () -> explained(by, KINKS, 1, 2, 3));
    assertTrue(e.getMessage().contains("[2]") && e.getMessage().contains("[3]"), e.getMessage());
  }
}
