package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Predictor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Replacement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Known values for f = Σ w_i·x_i at x = 1, whose attributions are w. */
class RemovalMetricsTest {
  /** Sums of a few floats of size 1. */
  private static final double ROUNDED = 1e-6;

  private static final Removal ZEROS = Removal.zeros();
  private static final Tensor ONES = Nets.row(1, 1, 1, 1);
  private static final float[] W = {0.4f, 0.3f, 0.2f, 0.1f};
  private static final Predictor LINEAR = RemovalMetricsTest::weighted;

  private static Tensor weighted(Tensor x) {
    Tensor y = Tensor.of(Shape.of(x.shape().dim(0), 1), new float[x.shape().dim(0)]);
    int size = (int) x.size() / x.shape().dim(0);
    for (int i = 0; i < x.size(); i++) {
      y.put(i / size, y.at(i / size) + W[i % size % 4] * x.at(i));
    }
    return y;
  }

  private static double one(Metric m, Tensor x, float... map) {
    try (Subject s = Subject.of(LINEAR, "linear")) {
      return m.of(s, x, Target.of(0), new Given(Tensor.of(x.shape(), map)))[0];
    }
  }

  private static double one(Metric m, float... map) {
    return one(m, ONES, map);
  }

  @Test
  void deletionAndInsertionAreThoseWorkedOutByHand() {
    assertEquals(0.375, one(new Deletion(ZEROS, 1), W), ROUNDED);
    assertEquals(0.625, one(new Insertion(ZEROS, 1), W), ROUNDED);
    assertEquals(0.625, one(new Deletion(ZEROS, 1), -0.4f, -0.3f, -0.2f, -0.1f), ROUNDED);
    assertEquals(0.375, one(new Insertion(ZEROS, 1), -0.4f, -0.3f, -0.2f, -0.1f), ROUNDED);
  }

  @Test
  void theCurveHasBothEndsAndItsLastStepMayBeShorter() {
    try (Subject s = Subject.of(LINEAR, "linear");
        Question q = Question.of(s, ONES, 0, Target.of(0))) {
      var a = new Given(Nets.row(W)).explain(q);
      Curve one = new Deletion(ZEROS, 1).curves(q, a).getFirst();
      assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75, 1}, one.fractions());
      assertArrayEquals(new double[] {1, 0.6, 0.3, 0.1, 0}, one.values(), ROUNDED);
      Curve three = new Deletion(ZEROS, 3).curves(q, a).getFirst();
      assertArrayEquals(new double[] {0, 0.75, 1}, three.fractions());
      assertArrayEquals(new double[] {1, 0.1, 0}, three.values(), ROUNDED);
    }
    assertThrows(IllegalArgumentException.class, () -> new Deletion(ZEROS, 0));
  }

  @Test
  void equalAttributionsLeaveInTheOrderOfElements() {
    assertEquals(0.375, one(new Deletion(ZEROS, 1), 0, 0, 0, 0), ROUNDED);
  }

  @Test
  void flippingGoesToTheOtherEnd() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 0, 1, 0);
    // f = 0.6; flipping in the order of w: 0.2, 0.5, 0.3, 0.4
    var flip = PixelFlipping.of(0, 1, 1);
    assertEquals((0.3 + 0.2 + 0.5 + 0.3 + 0.2) / 4, one(flip, x, W), ROUNDED);
    var least = new PixelFlipping(flip.removal(), 1, Order.LEAST_RELEVANT_FIRST);
    assertEquals(Metric.Direction.HIGHER, least.direction());
    // 0.6, 0.7, 0.5, 0.8, 0.4
    assertEquals((0.3 + 0.7 + 0.5 + 0.8 + 0.2) / 4, one(least, x, W), ROUNDED);
  }

  @Test
  void regionsFallOneByOne() {
    // drops 0, 0.4, 0.7 of three points
    var two = new RegionPerturbation(ZEROS, 2, Order.MOST_RELEVANT_FIRST);
    assertEquals(1.1 / 3, one(two, W), ROUNDED);
    var all = new RegionPerturbation(ZEROS, 9, Order.LEAST_RELEVANT_FIRST);
    assertEquals((0.1 + 0.3 + 0.6 + 1) / 5, one(all, W), ROUNDED);
  }

  @Test
  void aRegionIsWorthTheSumOfItsElements() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2, 1), 1, 1, 1, 1);
    var columns = new Removal(Features.patches(2, 1), Replacement.zero());
    // columns: 0 and 2, which fall by 0.6, and 1 and 3
    var m = new RegionPerturbation(columns, 1, Order.MOST_RELEVANT_FIRST);
    assertEquals(0.3, one(m, x, 1, 3, 3, 0), ROUNDED);
    assertEquals(0.2, one(m, x, 1, 3, 3, 2), ROUNDED);
  }

  @Test
  void comprehensivenessAndSufficiencySplitTheOutput() {
    List<Double> half = List.of(0.5);
    assertEquals(0.7, one(new Comprehensiveness(ZEROS, half), W), ROUNDED);
    assertEquals(0.3, one(new Sufficiency(ZEROS, half), W), ROUNDED);
    // less than one feature counts as one: 0.4, 0.4, 0.4, 0.4, 0.7
    assertEquals(2.3 / 5, one(new Comprehensiveness(ZEROS), W), ROUNDED);
    assertThrows(IllegalArgumentException.class, () -> new Sufficiency(ZEROS, List.of(0.5, 1.0)));
  }

  @Test
  void whatIsTrueCorrelatesPerfectly() {
    Subsets drawn = Subsets.drawn(3);
    var faithfulness = new FaithfulnessCorrelation(ZEROS, drawn, 2, 20);
    var sensitivity = new SensitivityN(ZEROS, drawn, List.of(1, 2, 3), 20);
    var mu = new MuFidelity(ZEROS, drawn, 0.25, 20);
    for (Metric m : List.of(faithfulness, sensitivity, mu)) {
      assertEquals(1, one(m, W), ROUNDED, m.name());
      assertEquals(1, one(m, 4, 3, 2, 1), ROUNDED, m.name());
      assertEquals(-1, one(m, 1, 2, 3, 4), ROUNDED, m.name());
      assertEquals(Double.NaN, one(m, 1, 1, 1, 1), m.name());
    }
    var tooMany = new FaithfulnessCorrelation(ZEROS, drawn, 4, 20);
    assertThrows(IllegalArgumentException.class, () -> one(tooMany, W));
  }

  @Test
  void theGapIsWhatTheSumMisses() {
    var zero = Replacement.zero();
    assertEquals(0, one(new CompletenessGap(zero, false), W), ROUNDED);
    assertEquals(0.5, one(new CompletenessGap(zero, false), 0.9f, 0.3f, 0.2f, 0.1f), ROUNDED);
    var half = Replacement.of(Baseline.constant(0.5f));
    assertEquals(0.5, one(new CompletenessGap(half, false), W), ROUNDED);
    assertEquals(1, one(new CompletenessGap(half, true), W), ROUNDED);
    var same = Replacement.of(Baseline.constant(1));
    assertEquals(Double.NaN, one(new CompletenessGap(same, true), W));
  }

  @Test
  void effectiveComplexityCountsFeaturesUntilTheRestIsSmall() {
    // what remains of 1: 0.6, 0.3, 0.1, 0, squared
    assertEquals(2, one(new EffectiveComplexity(ZEROS, 0.1), W));
    assertEquals(3, one(new EffectiveComplexity(ZEROS, 0.05), W));
    assertEquals(4, one(new EffectiveComplexity(ZEROS, 0.1), 1, 2, 3, 4));
    var same = new Removal(Features.each(), Replacement.of(Baseline.constant(1)));
    assertEquals(Double.NaN, one(new EffectiveComplexity(same, 0.1), W));
  }

  @Test
  void mapsOfAnotherShapeAndMapsWithNanAreRefused() {
    try (Subject s = Subject.of(LINEAR, "linear")) {
      var by = new Given(Nets.row(1, 2));
      var m = new Deletion(ZEROS, 1);
      assertThrows(IllegalArgumentException.class, () -> m.of(s, ONES, Target.of(0), by));
    }
    assertThrows(
        IllegalArgumentException.class, () -> one(new Deletion(ZEROS, 1), 1, Float.NaN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> one(new Complexity(), 1, Float.NaN, 1, 1));
  }
}
