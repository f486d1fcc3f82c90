package dev.vitrine.xai.linear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LinearTest {
  private static double[][] normal(long seed, int n, int columns) {
    var random = new RandomStream(seed, 0, 0);
    double[][] z = new double[n][columns];
    for (double[] row : z) {
      Arrays.setAll(row, j -> random.normal());
    }
    return z;
  }

  private static double[] normal(long seed, int n) {
    return normal(seed, 1, n)[0];
  }

  /** A and b by the definition, whatever number of samples is waiting. */
  @Test
  void normalEquationsAreTheSumsOfTheirSamples() {
    for (int n : new int[] {7, 32, 45, 128}) {
      double[][] z = normal(n, n, 5);
      double[] y = normal(n + 1, n);
      var equations = new NormalEquations(5);
      double[][] a = new double[5][5];
      double[] b = new double[5];
      for (int s = 0; s < n; s++) {
        double w = 1 + s % 3;
        equations.add(w, z[s], y[s]);
        for (int i = 0; i < 5; i++) {
          b[i] += w * z[s][i] * y[s];
          for (int j = 0; j < 5; j++) {
            a[i][j] += w * z[s][i] * z[s][j];
          }
        }
      }
      double[] x = Objects.requireNonNull(equations.solver()).solve(equations.right());
      for (int i = 0; i < 5; i++) {
        double left = 0;
        for (int j = 0; j < 5; j++) {
          left += a[i][j] * x[j];
        }
        // two ways to round some hundred products
        assertEquals(b[i], left, 1e-10 * n);
      }
    }
  }

  @Test
  void dependentColumnsHaveNoSolution() {
    var equations = new NormalEquations(3);
    for (double[] z : normal(3, 20, 2)) {
      equations.add(1, new double[] {z[0], z[1], z[0] + z[1]}, 1);
    }
    assertNull(equations.solver());
  }

  /** The lasso's optimality: |z_jᵀr| = α where c_j ≠ 0, and at most α elsewhere. */
  @Test
  void lassoIsOptimal() {
    double[][] z = normal(8, 60, 9);
    double[] y = normal(9, 60);
    double[] weights = new double[60];
    Arrays.setAll(weights, s -> 1 + s % 4);
    double alpha = 0.1;
    Linear fit = new Regression.Lasso(alpha).fit(z, weights, y);
    double total = Arrays.stream(weights).sum();
    int zeros = 0;
    for (int j = 0; j < 9; j++) {
      double slope = 0;
      for (int s = 0; s < 60; s++) {
        slope += weights[s] / total * z[s][j] * (y[s] - fit.of(z[s]));
      }
      double c = fit.coefficients()[j];
      zeros += c == 0 ? 1 : 0;
      if (c == 0) {
        assertTrue(Math.abs(slope) <= alpha + 1e-9);
      } else {
        assertEquals(alpha * Math.signum(c), slope, 1e-9);
      }
    }
    assertTrue(zeros > 0 && zeros < 9, zeros + " of 9 are zero");
  }

  /** At each knot of the path the active columns correlate equally with the residual. */
  @Test
  void larsKeepsEqualAngles() {
    double[][] z = normal(5, 40, 6);
    double[] y = normal(6, 40);
    for (boolean lasso : new boolean[] {false, true}) {
      Lars.Path path = Lars.path(z, y, lasso);
      for (double[] c : path.steps()) {
        double[] correlation = new double[6];
        for (int s = 0; s < 40; s++) {
          double r = y[s];
          for (int j = 0; j < 6; j++) {
            r -= z[s][j] * c[j];
          }
          for (int j = 0; j < 6; j++) {
            correlation[j] += z[s][j] * r;
          }
        }
        double most = Arrays.stream(correlation).map(Math::abs).max().orElse(0);
        for (int j = 0; j < 6; j++) {
          if (c[j] != 0) {
            assertEquals(most, Math.abs(correlation[j]), 1e-9, "column " + j);
          }
        }
      }
      Linear least = new Regression.Ridge(0).fit(centred(z), ones(40), y);
      Lars.Path whole = Lars.path(centred(z), minusMean(y), lasso);
      assertArrayEquals(least.coefficients(), whole.steps().getLast(), 1e-9);
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] minusMean(double[] y) {
    double mean = Arrays.stream(y).average().orElse(0);
    return Arrays.stream(y).map(v -> v - mean).toArray();
  }

  private static double[][] centred(double[][] z) {
    double[][] c = new double[z.length][z[0].length];
    for (int j = 0; j < z[0].length; j++) {
      double mean = 0;
      for (double[] row : z) {
        mean += row[j] / z.length;
      }
      for (int s = 0; s < z.length; s++) {
        c[s][j] = z[s][j] - mean;
      }
    }
    return c;
  }
}
