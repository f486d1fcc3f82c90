package dev.vitrine.xai.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

  /** At the minimum penalty·w = Σ(t − p)·z and penalty·b = Σ(t − p), z being moved and scaled. */
  @Test
  void theGradientVanishesAtTheBestBorder() {
    var random = new RandomStream(1, 0, 0);
    for (int d : new int[] {3, 50}) {
      float[][] rows = new float[30][d];
      boolean[] positive = new boolean[30];
      for (int i = 0; i < 30; i++) {
        positive[i] = i % 3 == 0;
        for (int e = 0; e < d; e++) {
          rows[i][e] = (float) (5 + random.normal() + (positive[i] && e == 1 ? 2 : 0));
        }
      }
      double penalty = 0.5;
      LogisticRegression l = LogisticRegression.fit(rows, positive, penalty);
      double[] mean = new double[d];
      double squares = 0;
      for (float[] row : rows) {
        for (int e = 0; e < d; e++) {
          mean[e] += row[e] / 30.0;
        }
      }
      for (float[] row : rows) {
        for (int e = 0; e < d; e++) {
          squares += (row[e] - mean[e]) * (row[e] - mean[e]);
        }
      }
      double scale = Math.sqrt(30 / squares);
      double[] gradient = new double[d + 1];
      double middle = l.intercept();
      for (int e = 0; e < d; e++) {
        middle += l.weights()[e] * mean[e];
        gradient[e] = -penalty * l.weights()[e] / scale;
      }
      gradient[d] = -penalty * middle;
      for (int i = 0; i < 30; i++) {
        double p = 1 / (1 + StrictMath.exp(-l.of(rows[i])));
        for (int e = 0; e < d; e++) {
          gradient[e] += ((positive[i] ? 1 : 0) - p) * scale * (rows[i][e] - mean[e]);
        }
        gradient[d] += (positive[i] ? 1 : 0) - p;
      }
      assertArrayEquals(new double[d + 1], gradient, 1e-10, "Newton's steps end at 1e-10");
      assertTrue(l.weights()[1] > 0);
    }
  }

  @Test
  void theBorderLiesHalfWayBetweenTwoPoints() {
    float[][] rows = {{1, 2}, {3, 2}};
    var l = LogisticRegression.fit(rows, new boolean[] {false, true}, 1e-3);
    assertEquals(0, l.of(new float[] {2, 2}), 1e-9);
    assertEquals(0, l.weights()[1]);
    assertTrue(l.of(rows[1]) > 3 && l.of(rows[0]) < -3);
  }

  @Test
  void whatHasNoBestBorderIsRefused() {
    float[][] rows = {{1, 2}, {1, 2}};
    boolean[] positive = {false, true};
    var same =
        assertThrows(
            IllegalArgumentException.class, () -> LogisticRegression.fit(rows, positive, 1));
    assertTrue(same.getMessage().contains("equal rows"), same.getMessage());
    var none =
        assertThrows(
            IllegalArgumentException.class, () -> LogisticRegression.fit(rows, positive, 0));
    assertTrue(none.getMessage().contains("more than 0"), none.getMessage());
  }
}
