package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MapMetricsTest {
  /** A few roundings of double. */
  private static final double EXACT = 1e-14;

  private static final double[] EQUAL = {1, 1, 1, 1};
  private static final double[] ONE = {0, 0, 0, -1};
  private static final double[] RISING = {1, 2, 3, 4};
  private static final double[] NOTHING = {0, 0, 0, 0};

  private static Masks mask(int... inside) {
    return new Masks(Tensor.of(Shape.of(1, inside.length), inside));
  }

  @Test
  void complexityIsTheEntropyOfTheShares() {
    assertEquals(StrictMath.log(4), new Complexity().of(EQUAL, 0), EXACT);
    assertEquals(0, new Complexity().of(ONE, 0));
    assertEquals(1.2798542258336676, new Complexity().of(RISING, 0), EXACT);
    assertEquals(Double.NaN, new Complexity().of(NOTHING, 0));
  }

  @Test
  void sparsenessIsTheGiniIndex() {
    assertEquals(0, new Sparseness().of(EQUAL, 0), EXACT);
    assertEquals(0.75, new Sparseness().of(ONE, 0), EXACT);
    assertEquals(0.25, new Sparseness().of(RISING, 0), EXACT);
    assertEquals(Double.NaN, new Sparseness().of(NOTHING, 0));
  }

  @Test
  void complexityAndSparsenessIgnoreScaleAndSign() {
    double[] other = {-30, 10, -40, 20};
    assertEquals(new Complexity().of(RISING, 0), new Complexity().of(other, 0), EXACT);
    assertEquals(new Sparseness().of(RISING, 0), new Sparseness().of(other, 0), EXACT);
    assertEquals(new SalientCount(0.4).of(RISING, 0), new SalientCount(0.4).of(other, 0));
  }

  @Test
  void theSalientAreThoseAboveAShareOfTheLargest() {
    assertEquals(3, new SalientCount(0.4).of(RISING, 0));
    assertEquals(0, new SalientCount(0.4).of(NOTHING, 0));
  }

  @Test
  void massRankAndTopCountWhatLiesInside() {
    double[] map = {4, -5, 3, 1};
    assertEquals(0.5, new RelevanceMass(mask(1, 1, 0, 0)).of(map, 0), EXACT);
    assertEquals(0.5, new RelevanceRank(mask(1, 1, 0, 0)).of(map, 0));
    assertEquals(1, new RelevanceRank(mask(1, 0, 1, 0)).of(map, 0));
    assertEquals(1 / 3.0, new TopKIntersection(mask(0, 0, 0, 1), 3).of(map, 0), EXACT);
    assertEquals(1, new TopKIntersection(mask(0, 0, 0, 1), 9).of(map, 0) * 4);
  }

  @Test
  void thePointingGameSharesTies() {
    assertEquals(1, new PointingGame(mask(0, 0, 0, 1)).of(RISING, 0));
    assertEquals(0, new PointingGame(mask(1, 1, 1, 0)).of(RISING, 0));
    assertEquals(0.25, new PointingGame(mask(1, 0, 0, 0)).of(EQUAL, 0));
  }

  @Test
  void theAucIsTheShareOfPairsInTheRightOrder() {
    assertEquals(1, new LocalisationAuc(mask(0, 0, 1, 1)).of(RISING, 0));
    assertEquals(0.75, new LocalisationAuc(mask(0, 1, 0, 1)).of(RISING, 0));
    assertEquals(0, new LocalisationAuc(mask(1, 0, 0, 0)).of(RISING, 0));
    assertEquals(0.5, new LocalisationAuc(mask(1, 0, 1, 0)).of(EQUAL, 0));
  }

  @Test
  void anEmptyMaskHasNoNumber() {
    Masks none = mask(0, 0, 0, 0);
    for (MapMetric m :
        new MapMetric[] {
          new PointingGame(none),
          new RelevanceMass(none),
          new RelevanceRank(none),
          new TopKIntersection(none, 2),
          new LocalisationAuc(none)
        }) {
      assertTrue(Double.isNaN(m.of(RISING, 0)), m.name());
    }
    assertEquals(Double.NaN, new LocalisationAuc(mask(1, 1, 1, 1)).of(RISING, 0));
    assertEquals(Double.NaN, new RelevanceMass(mask(1, 1, 0, 0)).of(ONE, 0));
  }

  @Test
  void aRowHasTheMaskOfItsNumberAndAPixelThatOfAllItsChannels() {
    var two = new Masks(Tensor.of(Shape.of(2, 2, 1), new float[] {1, 0, 0, 1}));
    double[] map = {1, 2, 3, 4};
    assertEquals(0.3, new RelevanceMass(two).of(map, 0), EXACT);
    assertEquals(0.7, new RelevanceMass(two).of(map, 1), EXACT);
    assertThrows(IllegalArgumentException.class, () -> new RelevanceMass(two).of(map, 2));
    var wrong = new PointingGame(mask(1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> wrong.of(map, 0));
  }
}
