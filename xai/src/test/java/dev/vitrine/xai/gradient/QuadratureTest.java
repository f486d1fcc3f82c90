package dev.vitrine.xai.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuadratureTest {
  private static double integral(Quadrature.Rule rule, int power) {
    double sum = 0;
    for (int k = 0; k < rule.points().length; k++) {
      sum += rule.weights()[k] * StrictMath.pow(rule.points()[k], power);
    }
    return sum;
  }

  @Test
  void gaussLegendreIsExactUpToItsDegree() {
    for (int n : new int[] {1, 2, 3, 4, 5, 10, 50, 255, 4096}) {
      Quadrature.Rule rule = Quadrature.GAUSS_LEGENDRE.rule(n);
      for (int power : new int[] {0, 1, 2, 3, n, 2 * n - 1}) {
        if (power < 2 * n) {
          // n terms added in double
          assertEquals(1.0 / (power + 1), integral(rule, power), 1e-12, n + " points, " + power);
        }
      }
    }
    // x² with one point is (1/2)², not 1/3
    assertEquals(0.25, integral(Quadrature.GAUSS_LEGENDRE.rule(1), 2), 1e-15);
  }

  @Test
  void pointsAscendBetweenTheEndsAndWeightsArePositive() {
    for (Quadrature q : Quadrature.values()) {
      for (int n : new int[] {2, 7, 50, 1000}) {
        Quadrature.Rule rule = q.rule(n);
        double[] sorted = rule.points().clone();
        Arrays.sort(sorted);
        assertTrue(Arrays.equals(sorted, rule.points()), q + " " + n);
        assertTrue(sorted[0] >= 0 && sorted[n - 1] <= 1);
        assertTrue(Arrays.stream(rule.weights()).allMatch(w -> w > 0));
        double whole = q == Quadrature.RIEMANN_TRAPEZOID ? 1 - 1.0 / n : 1;
        assertEquals(whole, integral(rule, 0), 1e-13, q + " " + n);
      }
    }
  }

  @Test
  void pointsNobodyCanPlaceAreRefused() {
    for (Quadrature q : Quadrature.values()) {
      assertThrows(IllegalArgumentException.class, () -> q.rule(0));
    }
    assertThrows(IllegalArgumentException.class, () -> Quadrature.RIEMANN_TRAPEZOID.rule(1));
  }
}
