package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighbourMetricsTest {
  /** A few roundings of floats of size 1. */
  private static final double ROUNDED = 1e-5;

  private static final Network SQUARE = x -> x.mul(x);
  private static final Saliency GRADIENT = new Saliency(true);

  private static Network linear(float... w) {
    return x -> x.linear(Nets.matrix(x, w.length, 1, w), null);
  }

  private static double one(Metric m, Network f, Tensor x, dev.vitrine.xai.Explainer by) {
    try (Subject s = Nets.subject(f)) {
      return m.of(s, x, Target.of(0), by)[0];
    }
  }

  /** Neighbours of one row with one element. */
  private static Perturbation steps(float... i) {
    return Perturbation.of(Tensor.of(Shape.of(1, i.length, 1), i));
  }

  @Test
  void sensitivityIsHowFarTheGradientMoves() {
    Perturbation p = steps(0.1f, -0.05f);
    assertEquals(0.1, one(new Sensitivity(p, 2, false), SQUARE, Nets.row(1), GRADIENT), ROUNDED);
    assertEquals(0.075, one(new Sensitivity(p, 2, true), SQUARE, Nets.row(1), GRADIENT), ROUNDED);
    assertEquals(2, one(new LocalLipschitz(p, 2), SQUARE, Nets.row(1), GRADIENT), ROUNDED);
    assertEquals(Double.NaN, one(new Sensitivity(p, 2, false), SQUARE, Nets.row(0), GRADIENT));
  }

  @Test
  void relativeToTheInputOnlyTheFormOfTheMapCounts() {
    Perturbation p = Perturbation.of(Tensor.of(Shape.of(1, 1, 2), 2, 0));
    var m = new Sensitivity(p, 1, false, Sensitivity.Relative.TO_INPUT);
    Network sum = x -> x.mul(x).linear(Nets.matrix(x, 2, 1, 1, 1), null);
    // its gradient at (3, 4) is (6, 8) ~ (.75, 1); at (5, 4) it is (10, 8) ~ (1, .8)
    double moved = Math.sqrt(0.25 * 0.25 + 0.2 * 0.2);
    assertEquals(moved / 5, one(m, sum, Nets.row(3, 4), GRADIENT), ROUNDED);
  }

  @Test
  void uniformNeighboursStayInTheCube() {
    var m = new Sensitivity(Perturbation.uniform(0.1f, 5), 200, false);
    // the largest of 200 uniform numbers is within 5 % of the end but for one time in 30 000
    assertEquals(0.0975, one(m, SQUARE, Nets.row(1), GRADIENT), 0.00251);
  }

  @Test
  void theGradientOfALinearFunctionDoesNotMoveEvenWhereItIsSampled() {
    var noisy = new SmoothGrad(new IntegratedGradients()).samples(3);
    var m = new Sensitivity(Perturbation.normal(1, 2), 30, false);
    assertEquals(0, one(m, linear(1, 2), Nets.row(3, 4), GRADIENT));
    // neighbours draw what their row draws: what is left is the change of x alone
    var still = new Sensitivity(Perturbation.normal(0, 2), 30, false);
    assertEquals(0, one(still, linear(1, 2), Nets.row(3, 4), noisy));
  }

  @Test
  void infidelityGrowsWithTheSquareOfTheWrongScale() {
    var m = new Infidelity(Perturbation.normal(1, 7), 4000, false);
    Network f = linear(1, 2);
    for (float c : new float[] {0, 0.5f, 1, 2}) {
      // E = 5(c − 1)², deviation of one draw √2 times that: 4 deviations of the mean of 4000
      double want = 5 * (c - 1) * (c - 1);
      var by = new Given(Nets.row(c, 2 * c));
      assertEquals(want, one(m, f, Nets.row(1, 1), by), 0.09 * want + 1e-9);
    }
  }

  @Test
  void normalisedInfidelityIgnoresTheScale() {
    var m = new Infidelity(Perturbation.normal(1, 7), 50, true);
    // I·a is known to 1e-7: its square to some 1e-12
    assertEquals(0, one(m, linear(1, 2), Nets.row(1, 1), new Given(Nets.row(5, 10))), 1e-10);
    var nothing = new Given(Nets.row(0, 0));
    assertEquals(Double.NaN, one(m, linear(1, 2), Nets.row(1, 1), nothing));
  }

  @Test
  void droppedElementsAskWhetherAttributionsAddUp() {
    var m = new Infidelity(Perturbation.dropped(0.5f, 0.4f, 1), 50, false);
    // f(x) − f(dropped) = Σ w·(x − 0.5) over what is dropped
    var by = new Given(Nets.row(1, 2));
    assertEquals(0, one(m, linear(1, 2), Nets.row(3, 4), by), 1e-10);
  }

  @Test
  void theGapIsLargeForWhatMattersAndNothingForTheRest() {
    Network f = linear(3, 0);
    Tensor step = Tensor.of(Shape.of(1, 2, 2), 0.1f, 5, -0.3f, 5);
    Tensor x = Nets.row(1, 1);
    var good = new Given(Nets.row(-3, 0));
    Perturbation p = Perturbation.of(step);
    assertEquals(0.6, one(new PredictionGap(p, 0.5, 2, true), f, x, good), ROUNDED);
    assertEquals(0, one(new PredictionGap(p, 0.5, 2, false), f, x, good), ROUNDED);
    var bad = new Given(Nets.row(0, 3));
    assertEquals(0, one(new PredictionGap(p, 0.5, 2, true), f, x, bad), ROUNDED);
  }

  @Test
  void stabilityIsRelativeToWhatMoved() {
    // a = 2x: a change of x by a tenth changes a by a tenth, and f = x² from 4 to 4.84
    Perturbation p = steps(0.2f);
    assertEquals(
        1, one(RelativeStability.input(p, 1), SQUARE, Nets.row(2), GRADIENT), 10 * ROUNDED);
    assertEquals(
        0.1 / 0.84,
        one(RelativeStability.output(p, 1), SQUARE, Nets.row(2), GRADIENT),
        10 * ROUNDED);
    assertEquals(
        1,
        one(RelativeStability.representation(Place.input(), p, 1), SQUARE, Nets.row(2), GRADIENT),
        10 * ROUNDED);
  }

  @Test
  void neighboursOfAnotherClassDoNotCount() {
    Network two = x -> x.linear(Nets.matrix(x, 1, 2, 1, -1), null);
    var m = RelativeStability.input(steps(-5), 1);
    assertEquals(Double.NaN, one(m, two, Nets.row(1), GRADIENT));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RelativeStability(RelativeStability.Distance.REPRESENTATION, null, steps(1), 1));
  }

  @Test
  void samplesAreNeeded() {
    List<Runnable> none =
        List.of(
            () -> new Sensitivity(steps(1), 0, true),
            () -> new LocalLipschitz(steps(1), 0),
            () -> new Infidelity(steps(1), 0, true),
            () -> new PredictionGap(steps(1), 0.5, 0, true),
            () -> RelativeStability.input(steps(1), 0));
    none.forEach(r -> assertThrows(IllegalArgumentException.class, r::run));
  }

  @Test
  void neighboursStayWithinTheirRange() {
    var wild = Perturbation.normal(3, 5).within(0, 1);
    float[] x = {0, 0.3f, 0.999f, 1, 1e-8f};
    boolean inside = false;
    for (int k = 0; k < 1000; k++) {
      float[] change = wild.of(x, 7, k);
      for (int i = 0; i < x.length; i++) {
        float v = x[i] + change[i];
        assertTrue(v >= 0 && v <= 1, x[i] + " became " + v);
        inside |= v > 0 && v < 1;
      }
    }
    assertTrue(inside);
    assertThrows(IllegalArgumentException.class, () -> wild.within(1, 1));
  }
}
