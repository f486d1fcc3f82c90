package dev.vitrine.xai.linear;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * P(positive | a) = σ(w·a + b), min Σ ln(1 + e^{∓(w·a + b)}) + penalty·(|w|² + b²)/2 over rows that
 * are first moved to mean 0 and scaled to mean square length 1. Newton's steps run in the space of
 * the rows (w = Σ α_i·a_i), of which there may be far fewer than elements: (K + penalty·H⁻¹)·α = f
 * + H⁻¹·(t − p) with K = a·aᵀ + 1 and H = p·(1 − p).
 *
 * @param weights w, for rows as they were given
 * @param intercept b, likewise
 */
public record LogisticRegression(double[] weights, double intercept) {
  private static final int MOST_STEPS = 100;
  private static final double ENOUGH = 1e-10;
  private static final double FLAT = 1e-10;

  /**
   * Fits rows [n][elements]; refuses those that are all equal, and a penalty that isn't above 0.
   */
  public static LogisticRegression fit(float[][] rows, boolean[] positive, double penalty) {
    if (!(penalty > 0)) {
      throw new IllegalArgumentException(
          "penalty: " + penalty + " given, more than 0 is needed for one best border to exist");
    }
    double[] mean = mean(rows);
    double[][] k = products(rows, mean);
    double squares = 0;
    for (int i = 0; i < k.length; i++) {
      squares += k[i][i];
    }
    if (squares == 0) {
      throw new IllegalArgumentException(
          "%d equal rows: nothing tells them apart".formatted(rows.length));
    }
    double scale = rows.length / squares;
    for (double[] row : k) {
      // the intercept is the weight of a constant 1
      Arrays.setAll(row, j -> row[j] * scale + 1);
    }
    double[] alpha = solve(k, positive, penalty);
    double[] w = new double[mean.length];
    double b = 0;
    for (int i = 0; i < alpha.length; i++) {
      b += alpha[i];
      for (int e = 0; e < w.length; e++) {
        w[e] += alpha[i] * scale * (rows[i][e] - mean[e]);
      }
    }
    for (int e = 0; e < w.length; e++) {
      b -= w[e] * mean[e];
    }
    return new LogisticRegression(w, b);
  }

  /** w·a + b: above 0 on the positive side. */
  public double of(float[] row) {
    double f = intercept;
    for (int e = 0; e < weights.length; e++) {
      f += weights[e] * row[e];
    }
    return f;
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int e = 0; e < mean.length; e++) {
        mean[e] += row[e];
      }
    }
    for (int e = 0; e < mean.length; e++) {
      mean[e] /= rows.length;
    }
    return mean;
  }

  private static double[][] products(float[][] rows, double[] mean) {
    double[][] k = new double[rows.length][rows.length];
    for (int i = 0; i < k.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int e = 0; e < mean.length; e++) {
          sum += (rows[i][e] - mean[e]) * (rows[j][e] - mean[e]);
        }
        k[i][j] = sum;
        k[j][i] = sum;
      }
    }
    return k;
  }

  private static double[] solve(double[][] k, boolean[] positive, double penalty) {
    int n = k.length;
    double[] alpha = new double[n];
    double moved = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS && moved > ENOUGH; step++) {
      var left = new DMatrixRMaj(k);
      var right = new DMatrixRMaj(n, 1);
      for (int i = 0; i < n; i++) {
        double f = 0;
        for (int j = 0; j < n; j++) {
          f += k[i][j] * alpha[j];
        }
        double p = 1 / (1 + StrictMath.exp(-f));
        double h = Math.max(p * (1 - p), FLAT);
        left.add(i, i, penalty / h);
        right.set(i, f + ((positive[i] ? 1 : 0) - p) / h);
      }
      LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(n);
      var next = new DMatrixRMaj(n, 1);
      if (!cholesky.setA(left)) {
        throw new IllegalArgumentException(
            "penalty: %s is too small for %d rows; give a larger one".formatted(penalty, n));
      }
      cholesky.solve(right, next);
      moved = 0;
      for (int i = 0; i < n; i++) {
        moved = Math.max(moved, Math.abs(next.get(i) - alpha[i]));
      }
      alpha = next.data;
    }
    return alpha;
  }
}
