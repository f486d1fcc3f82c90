package dev.vitrine.xai.layer;

import static dev.vitrine.xai.Nets.matrix;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.Quadrature;
import dev.vitrine.xai.gradient.Route;
import dev.vitrine.xai.rule.GuidedBackprop;
import org.junit.jupiter.api.Test;

/** Layers whose shares can be worked out by hand. */
class AnalyticLayersTest {
  private static float[] values(Explainer e, Network f, Tensor x) {
    try (Subject s = Nets.subject(f)) {
      return e.explain(s, x, Target.of(0)).values().toFloats();
    }
  }

  // ---- maps

  private static final Place IMAGE = Place.layer("image");

  /** A₁ = [[1, 2], [3, 4]], A₂ = [[0, 1], [1, 0]]. */
  private static final Tensor CHANNELS = Tensor.of(Shape.of(1, 2, 2, 2), 1, 0, 2, 1, 3, 1, 4, 0);

  /** ΣA₁/2 − 2ΣA₂. */
  private static final Network SUMS =
      x -> {
        Var a = x.tape().scope("image", () -> x.scale(1));
        float[] w = {0.5f, -2, 0.5f, -2, 0.5f, -2, 0.5f, -2};
        return a.flatten().linear(matrix(x, 8, 1, w), null);
      };

  @Test
  void gradCamWeighsChannelsByTheirMeanGradient() {
    Cam cam = Cam.gradCam(IMAGE);
    assertArrayEquals(new float[] {0.5f, -1, -0.5f, 2}, values(cam.signed(), SUMS, CHANNELS));
    assertArrayEquals(new float[] {0.5f, 0, 0, 2}, values(cam, SUMS, CHANNELS));
    assertArrayEquals(
        new float[] {1, 0, 2, 1, 3, 1, 4, 0}, values(new LayerActivation(IMAGE), SUMS, CHANNELS));
  }

  /** α = ¼/(½ + 10·⅛) of the first channel; the second has no positive gradient. */
  @Test
  void gradCamPlusPlusWeighsByPositiveGradients() {
    double w = 4 * (0.25 / (0.5 + 10 * 0.125)) * 0.5;
    float[] map = values(Cam.gradCamPlusPlus(IMAGE), SUMS, CHANNELS);
    for (int i = 0; i < 4; i++) {
      assertEquals(w * (i + 1), map[i], 1e-6, "10⁻⁷ in the denominator, a few roundings");
    }
  }

  @Test
  void layerCamTakesEachElementsPositiveGradient() {
    assertArrayEquals(new float[] {0.5f, 1, 1.5f, 2}, values(Cam.layerCam(IMAGE), SUMS, CHANNELS));
  }

  /**
   * Channels seen through their own maps: f(x∘H₁) = ΣA₁H₁/2 − 2ΣA₂H₁, H = (A − min)/(max − min).
   */
  @Test
  void scoreCamWeighsChannelsByWhatIsSeenThroughThem() {
    double first = (2 / 3.0 + 3 * 2 / 3.0 + 4) / 2 - 2 * (1 / 3.0 + 2 / 3.0);
    double second = (2 + 3) / 2.0 - 2 * 2;
    double w = 1 / (1 + StrictMath.exp(second - first));
    float[] map = values(new ScoreCam(IMAGE), SUMS, CHANNELS);
    double[] a2 = {0, 1, 1, 0};
    for (int i = 0; i < 4; i++) {
      // scores of size 1 with a few roundings
      assertEquals(w * (i + 1) + (1 - w) * a2[i], map[i], 5e-6);
    }
  }

  @Test
  void guidedGradCamIsWhereTimesWhat() {
    GuidedGradCam both = new GuidedGradCam(IMAGE, Interpolation.NEAREST);
    float[] where = {0.5f, 0, 0, 2};
    float[] what = values(new GuidedBackprop(), SUMS, CHANNELS);
    float[] product = values(both, SUMS, CHANNELS);
    for (int i = 0; i < 8; i++) {
      assertEquals(where[i / 2] * what[i], product[i]);
    }
  }

  // ---- conductance

  private static final Place BEFORE = Place.layer("before");
  private static final Place HIDDEN = Place.layer("hidden");

  /** relu(s − 10) + 3·relu(s + 1) − 1, s = x₁ + x₂ + x₃. */
  private static final Network KINKS =
      x -> {
        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Var b = x.tape().constant("b", Tensor.of(Shape.of(4), -10, 1, 1, 1));
        Var before = x.tape().scope("before", () -> x.linear(matrix(x, 3, 4, ones), b));
        Var hidden = x.tape().scope("hidden", before::relu);
        return hidden.linear(matrix(x, 4, 1, 1, 1, 1, 1), null).shift(-1);
      };

  private static final Tensor X = Nets.row(0, 100, 0);

  private static void near(double tolerance, float[] actual, double... expected) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], tolerance);
    }
  }

  @Test
  void conductanceIsWhatFlowsThroughANeuron() {
    var c = new LayerConductance(HIDDEN);
    // the published numbers of Captum's default, whose points leave out both ends
    near(5e-4, values(c, KINKS, X), 89.945, 99.891, 99.891, 99.891);
    // with the ends every step is exact but for floats of size 100
    var ends =
        new LayerConductance(HIDDEN, new Route(Baseline.zero(), Quadrature.RIEMANN_TRAPEZOID, 50));
    near(2e-4, values(ends, KINKS, X), 90, 100, 100, 100);
  }

  @Test
  void conductanceOfALayerThatEverythingPassesIsComplete() {
    var ends =
        new LayerConductance(HIDDEN, new Route(Baseline.zero(), Quadrature.RIEMANN_TRAPEZOID, 50));
    try (Subject s = Nets.subject(KINKS)) {
      Attribution a = ends.explain(s, X, Target.of(0));
      assertEquals(392, a.outputs()[0]);
      assertEquals(390, Attribution.sum(a.values()), 5e-4, "floats of size 100");
    }
  }

  @Test
  void internalInfluenceIsTheMeanGradient() {
    // 45 of 50 midpoints lie behind the kink at 0.1
    var middle =
        new InternalInfluence(BEFORE, new Route(Baseline.zero(), Quadrature.RIEMANN_MIDDLE, 50));
    near(1e-6, values(middle, KINKS, X), 0.9, 1, 1, 1);
    // the kink costs Gauss–Legendre at most one of its points, whose weight is about π/(2n)
    near(Math.PI / 100, values(new InternalInfluence(BEFORE), KINKS, X), 0.9, 1, 1, 1);
  }

  @Test
  void neuronConductanceIsAnInputsPartOfIt() {
    near(2e-4, values(new NeuronConductance(HIDDEN, 1), KINKS, X), 0, 100, 0);
    var captum =
        new NeuronConductance(
            new Target.Neuron(HIDDEN, 1),
            new Route(Baseline.zero(), Quadrature.RIEMANN_TRAPEZOID, 50));
    near(2e-4, values(captum, KINKS, X), 0, 98, 0);
  }

  @Test
  void neuronConductancesAddUpToTheLayers() {
    Tensor x = Nets.row(20, 50, 30);
    double[] sums = new double[3];
    for (int j = 0; j < 4; j++) {
      var one =
          new NeuronConductance(
              new Target.Neuron(HIDDEN, j),
              new Route(Baseline.zero(), Quadrature.RIEMANN_MIDDLE, 50));
      float[] v = values(one, KINKS, x);
      for (int i = 0; i < 3; i++) {
        sums[i] += v[i];
      }
    }
    // integrated gradients of the same function
    double[] ig = {78, 195, 117};
    for (int i = 0; i < 3; i++) {
      assertEquals(ig[i], sums[i], 5e-4, "floats of size 100");
    }
  }
}
