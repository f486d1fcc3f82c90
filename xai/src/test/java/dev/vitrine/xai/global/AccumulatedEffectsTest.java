package dev.vitrine.xai.global;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import org.junit.jupiter.api.Test;

class AccumulatedEffectsTest {
  private static final Target FIRST = Target.of(0);
  private static final Feature A = Feature.of(0);
  private static final Feature B = Feature.of(1);

  /** Case 27: f = ab over (−1, −1), (0, 0), (1, 1), by hand. */
  @Test
  void ofAProductOnItsDiagonal() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = x[0] * x[1]);
    Tensor x = Tensor.of(Shape.of(3, 2), -1, -1, 0, 0, 1, 1);
    var curve = new AccumulatedEffects().of(s, x, FIRST, A);
    assertArrayEquals(new double[] {-1, 0, 1}, curve.axis().values());
    assertArrayEquals(new int[] {2, 1}, curve.counts());
    assertArrayEquals(new double[] {-0.5, 1}, curve.effects());
    // of -1 and 0 the variance is 1/2, of their mean 1/4; one row tells nothing
    assertArrayEquals(new double[] {0.5, Double.NaN}, curve.effectErrors());
    // sums of binary64 thirds
    assertArrayEquals(new double[] {1 / 6.0, -1 / 3.0, 2 / 3.0}, curve.values(), 1e-15);
  }

  /** One bin: the curve goes from −e/2 to e/2, so its error is half of the mean effect's. */
  @Test
  void theBandIsAsWideAsTheStandardErrorSays() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = x[0] * x[1]);
    Tensor x = Nets.normal(5, 400, 2);
    double[] ends = {-3, 3};
    var curve = AccumulatedEffects.of(s, x, FIRST, new Axis(A, ends));
    var band = curve.band(2000, 3);
    for (int k = 0; k < 2; k++) {
      assertTrue(band.low()[k] < curve.values()[k] && curve.values()[k] < band.high()[k]);
      double half = (band.high()[k] - band.low()[k]) / 2;
      // quantiles of 2000 draws: about 3 % of the width
      assertEquals(1, half / (1.96 * curve.effectErrors()[0] / 2), 0.08);
    }
    assertArrayEquals(band.low(), curve.band(2000, 3).low(), "the same seed");
  }

  /** Rows that all say the same leave only the constant to chance. */
  @Test
  void ofALinearFunctionTheBandIsAsWideEverywhere() {
    Subject s = Rules.of("3a", 1, (x, y) -> y[0] = 3 * x[0]);
    var band = new AccumulatedEffects(10).of(s, Nets.normal(5, 300, 2), FIRST, A).band(100, 3);
    double width = band.high()[0] - band.low()[0];
    for (int k = 1; k < band.low().length; k++) {
      // float32 outputs of size 10
      assertEquals(width, band.high()[k] - band.low()[k], 1e-5);
    }
  }

  @Test
  void ofALinearFunctionItIsALineOfItsSlopeHoweverFeaturesDepend() {
    Subject s = Rules.of("3a - 2b", 1, (x, y) -> y[0] = 3 * x[0] - 2 * x[1]);
    Tensor x = Nets.normal(5, 300, 2);
    for (int r = 0; r < 300; r++) {
      x.put(2L * r + 1, x.at(2L * r) + 0.1f * x.at(2L * r + 1));
    }
    var curve = new AccumulatedEffects(20).of(s, x, FIRST, A);
    double[] z = curve.axis().values();
    assertEquals(21, z.length);
    for (int k = 0; k < 20; k++) {
      assertEquals(15, curve.counts()[k], 1, "300 rows in 20 bins");
      // float32 outputs of size 10
      assertEquals(3 * (z[k + 1] - z[k]), curve.effects()[k], 1e-5);
    }
    double mean = 0;
    for (int k = 0; k < 20; k++) {
      mean += curve.counts()[k] * (curve.values()[k] + curve.values()[k + 1]) / 2 / 300;
    }
    assertEquals(0, mean, 1e-14, "a sum of 20 doubles of size 1");
  }

  /** f = ab on a full grid: what is left beyond both alone is (a − mean)·(b − mean). */
  @Test
  void theInteractionOfAProductIsTheCentredProduct() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = x[0] * x[1] + 5 * x[0] - 7 * x[1] + 2);
    float[] values = new float[50];
    for (int i = 0; i < 25; i++) {
      values[2 * i] = i / 5;
      values[2 * i + 1] = i % 5;
    }
    Tensor x = Tensor.of(Shape.of(25, 2), values);
    var surface = new AccumulatedInteraction().of(s, x, FIRST, A, B);
    int rows = 0;
    double meanA = 0;
    double meanB = 0;
    for (int k = 0; k < 4; k++) {
      for (int m = 0; m < 4; m++) {
        int n = surface.counts()[k][m];
        rows += n;
        meanA += n * (k + 0.5);
        meanB += n * (m + 0.5);
      }
    }
    assertEquals(25, rows);
    for (int k = 0; k < 5; k++) {
      for (int m = 0; m < 5; m++) {
        double wanted = (k - meanA / rows) * (m - meanB / rows);
        assertEquals(wanted, surface.values()[k][m], 1e-12, "whole numbers but for the means");
      }
    }
  }

  @Test
  void featuresThatActAloneHaveNoInteraction() {
    Subject s =
        Rules.of("a² + |b|", 1, (x, y) -> y[0] = x[0] * x[0] + Math.abs(x[1]) + x[2] * x[0]);
    Tensor x = Nets.normal(6, 200, 3);
    var surface = new AccumulatedInteraction(6).of(s, x, FIRST, A, B);
    for (double[] row : surface.values()) {
      for (double v : row) {
        // second differences of float32 outputs of size 10, over 36 cells
        assertEquals(0, v, 5e-5);
      }
    }
  }

  @Test
  void emptyCellsBorrowFromTheNearest() {
    Subject s = Rules.of("ab", 1, (x, y) -> y[0] = x[0] * x[1]);
    Tensor x = Tensor.of(Shape.of(4, 2), 0, 0, 1, 1, 2, 2, 3, 3);
    var a = new Axis(A, new double[] {0, 1, 2, 3});
    var b = new Axis(B, new double[] {0, 1, 2, 3});
    var surface = AccumulatedInteraction.of(s, x, FIRST, a, b);
    assertEquals(0, surface.counts()[0][2]);
    double[][] v = surface.values();
    // every cell has second difference 1, so all of them add up to 9
    assertEquals(9, v[3][3] - v[3][0] - v[0][3] + v[0][0], 1e-12);
  }

  @Test
  void neitherTheBudgetNorTheOrderOfRowsChangesABit() {
    Subject s = Rules.of("a² + abc", 1, (x, y) -> y[0] = x[0] * (x[0] + x[1] * x[2]));
    Tensor x = Nets.normal(7, 120, 3);
    var ale = new AccumulatedEffects(10);
    double[] all = ale.of(s, x, FIRST, A).values();
    assertArrayEquals(all, ale.of(s.within(1 << 8), x, FIRST, A).values());
    assertArrayEquals(all, ale.of(s.within(1L << 30), x, FIRST, A).values());
    double[] turned = ale.of(s, DependenceTest.turned(x), FIRST, A).values();
    // the same terms in another order, in binary64
    assertArrayEquals(all, turned, 1e-13);
  }

  @Test
  void oneValueHasNoEffect() {
    Subject s = Rules.of("a", 1, (x, y) -> y[0] = x[0]);
    Tensor x = Tensor.of(Shape.of(2, 2), 1, 5, 1, 6);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new AccumulatedEffects().of(s, x, FIRST, A));
    assertTrue(e.getMessage().contains("needs two"), e.getMessage());
  }
}
