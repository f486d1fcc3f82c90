package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.rule.Lrp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final Tensor OUTPUTS = Tensor.of(Shape.of(2, 3), 1, 5, 2, 7, 7, 0);

  /** Two inputs to three outputs, w [2, 3]. */
  private static final float[] W = {1, -2, 0.5f, 3, 0.25f, -1};

  private static final Network LINEAR = x -> x.linear(Nets.matrix(x, 2, 3, W), null);

  private static int[] chosen(Target t) {
    return t.classes(2, 3, () -> OUTPUTS);
  }

  @Test
  void theLargestOutputIsPredictedAndTheFirstOfEqualOnes() {
    assertArrayEquals(new int[] {1, 0}, chosen(Target.predicted()));
  }

  @Test
  void oneClassForAllOrOnePerRow() {
    assertArrayEquals(new int[] {2, 2}, chosen(Target.of(2)));
    assertArrayEquals(new int[] {2, 1}, chosen(Target.of(2, 1)));
  }

  @Test
  void classesThatDoNotExistAreRefused() {
    for (int c : new int[] {-1, 3}) {
      var e = assertThrows(IllegalArgumentException.class, () -> chosen(Target.of(0, c)));
      assertTrue(e.getMessage().contains("class " + c + " of row 1"), e.getMessage());
      assertTrue(e.getMessage().contains("0 to 2"), e.getMessage());
    }
    var e = assertThrows(IllegalArgumentException.class, () -> chosen(Target.of(0, 1, 2)));
    assertTrue(e.getMessage().contains("3 classes given for 2 rows"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> chosen(Target.of()));
  }

  @Test
  void eachMethodRefusesThemBeforeItComputes() {
    try (Subject s = Nets.subject(LINEAR)) {
      List<Explainer> methods = new ArrayList<>();
      methods.addAll(AllMethods.gradients(Place.input(), Nets.normal(1, 3, 2), 1));
      methods.addAll(AllMethods.rules(Place.input(), Nets.normal(1, 3, 2)));
      for (Explainer method : methods) {
        assertThrows(
            IllegalArgumentException.class,
            () -> method.explain(s, Nets.row(1, 2), Target.of(3)),
            method.toString());
      }
    }
  }

  /** ∂ ln p_c/∂x = w_c − Σ_j p_j·w_j, and ∂p_c/∂x = p_c times that. */
  @Test
  void probabilitiesAreSoftmaxOfTheOutputs() {
    float[] x = {0.3f, -0.7f};
    double[] p = new double[3];
    double total = 0;
    for (int c = 0; c < 3; c++) {
      p[c] = StrictMath.exp((double) x[0] * W[c] + (double) x[1] * W[3 + c]);
      total += p[c];
    }
    try (Subject s = Nets.subject(LINEAR)) {
      for (int c = 0; c < 3; c++) {
        Target t = Target.of(c);
        Tensor in = Nets.row(x);
        Attribution share = new Saliency(true).explain(s, in, t.probability());
        Attribution log = new Saliency(true).explain(s, in, t.logProbability());
        assertEquals(p[c] / total, share.outputs()[0], 1e-6);
        assertEquals(StrictMath.log(p[c] / total), log.outputs()[0], 1e-6);
        for (int i = 0; i < 2; i++) {
          double mean = 0;
          for (int j = 0; j < 3; j++) {
            mean += p[j] / total * W[3 * i + j];
          }
          // numbers of size 1, a dozen roundings
          assertEquals(W[3 * i + c] - mean, log.values().at(i), 1e-6);
          assertEquals(p[c] / total * (W[3 * i + c] - mean), share.values().at(i), 1e-6);
        }
      }
    }
  }

  /** Any number that can be written down: here Σ y², whose gradient is 2Σ y·w. */
  @Test
  void aQuantityOfOnesOwn() {
    try (Subject s = Nets.subject(LINEAR)) {
      Target energy = Target.of(r -> r.outputs().square().sumLast());
      Attribution a = new Saliency(true).explain(s, Nets.row(1, 2), energy);
      double[] y = {1 + 6, -2 + 0.5, 0.5 - 2};
      double[] g = new double[2];
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += y[j] * y[j];
        g[0] += 2 * y[j] * W[j];
        g[1] += 2 * y[j] * W[3 + j];
      }
      // quarters: nothing is rounded
      assertEquals(sum, a.outputs()[0]);
      assertEquals(g[0], a.values().at(0));
      assertEquals(g[1], a.values().at(1));
    }
  }

  @Test
  void noRowsHaveNoExplanation() {
    try (Subject s = Nets.subject(LINEAR)) {
      Tensor none = Tensor.of(Shape.of(0, 2));
      for (Explainer method : List.of(new Saliency(), new IntegratedGradients(), Lrp.epsilon())) {
        var e =
            assertThrows(
                IllegalArgumentException.class, () -> method.explain(s, none, Target.of(0)));
        assertTrue(e.getMessage().contains("no rows"), e.getMessage());
      }
    }
  }

  @Test
  void itSaysWhatItIs() {
    assertEquals("logit of the predicted class", Target.predicted().toString());
    assertEquals("log probability of class 3", Target.of(3).logProbability().toString());
    assertEquals("probability of given classes", Target.of(3, 1).probability().toString());
  }
}
