package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.InputXGradient;
import dev.vitrine.xai.perturb.Partition;
import org.junit.jupiter.api.Test;

class AttributionSummaryTest {

  /** Outputs x₀ − x₁ and 2·x₁: input times gradient is each term. */
  private static Attribution explained(Tensor x, int... classes) {
    try (Subject s = Nets.subject(in -> in.linear(Nets.matrix(in, 2, 2, 1, 0, -1, 2), null))) {
      return new InputXGradient().explain(s, x, Target.of(classes));
    }
  }

  @Test
  void meansByHand() {
    Attribution a = explained(Tensor.of(Shape.of(2, 2), 1, 1, 3, 1), 0, 0);
    Attribution b = explained(Tensor.of(Shape.of(1, 2), 9, 4), 1);
    var s = AttributionSummary.of(a, b);
    // rows (1, −1), (3, −1), (0, 8)
    assertEquals(3, s.all().rows());
    assertArrayEquals(new double[] {4 / 3.0, 2}, s.all().mean(), 1e-15);
    assertArrayEquals(new double[] {4 / 3.0, 10 / 3.0}, s.all().amount(), 1e-15);
    assertArrayEquals(new int[] {1, 0}, s.all().order());
    var first = s.byClass().get(0);
    assertArrayEquals(new double[] {2, -1}, first.mean());
    assertArrayEquals(new double[] {1, 0}, first.meanError(), "variance 2 of 2 rows");
    assertArrayEquals(new double[] {2, 1}, first.amount());
    assertEquals(1, s.byClass().get(1).rows());
    assertTrue(Double.isNaN(s.byClass().get(1).meanError()[0]), "one row");
  }

  @Test
  void elementsOfAFeatureAreAddedBeforeTheirAmountIsTaken() {
    Attribution a = explained(Tensor.of(Shape.of(2, 2), 1, 1, 3, 1), 0, 0);
    var s = AttributionSummary.of(Partition.of(new int[] {5, 5}), a);
    assertArrayEquals(new double[] {1}, s.all().amount(), "0 and 2");
  }
}
