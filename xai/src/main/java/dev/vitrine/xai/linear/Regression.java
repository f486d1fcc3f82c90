package dev.vitrine.xai.linear;

import java.util.Arrays;

/** How a linear model with an intercept, which is not penalised, is fitted to weighted samples. */
public sealed interface Regression {
  /**
   * Fits y [samples] by some of the columns of z [samples][columns].
   *
   * @param columns which of them take part
   */
  Linear fit(double[][] z, double[] weights, double[] y, int[] columns);

  /** Fits by all columns. */
  default Linear fit(double[][] z, double[] weights, double[] y) {
    int[] all = new int[z[0].length];
    Arrays.setAll(all, j -> j);
    return fit(z, weights, y, all);
  }

  /** Weighted means of the columns that take part, and of y behind them. */
  private static double[] means(double[][] z, double[] weights, double[] y, int[] columns) {
    double[] means = new double[columns.length + 1];
    double total = 0;
    for (int s = 0; s < y.length; s++) {
      total += weights[s];
      for (int j = 0; j < columns.length; j++) {
        means[j] += weights[s] * z[s][columns[j]];
      }
      means[columns.length] += weights[s] * y[s];
    }
    for (int j = 0; j < means.length; j++) {
      means[j] /= total;
    }
    return means;
  }

  private static Linear spread(double[] found, double[] means, int[] columns, int of) {
    double[] coefficients = new double[of];
    double intercept = means[columns.length];
    for (int j = 0; j < columns.length; j++) {
      coefficients[columns[j]] = found[j];
      intercept -= found[j] * means[j];
    }
    return new Linear(coefficients, intercept);
  }

  /** Minimises Σ w·(y − b − z·c)² + α·|c|² (Hoerl and Kennard 1970). */
  record Ridge(double alpha) implements Regression {
    public Ridge {
      if (!(alpha >= 0)) {
        throw new IllegalArgumentException("alpha: " + alpha + " given, 0 or more is needed");
      }
    }

    @Override
    public Linear fit(double[][] z, double[] weights, double[] y, int[] columns) {
      double[] means = means(z, weights, y, columns);
      var equations = new NormalEquations(columns.length);
      double[] centred = new double[columns.length];
      for (int s = 0; s < y.length; s++) {
        for (int j = 0; j < centred.length; j++) {
          centred[j] = z[s][columns[j]] - means[j];
        }
        equations.add(weights[s], centred, y[s] - means[centred.length]);
      }
      for (int j = 0; j < centred.length; j++) {
        equations.penalise(j, alpha);
      }
      var solver = equations.solver();
      if (solver == null) {
        throw new IllegalArgumentException(
            "%d samples don't determine %d coefficients: take more samples, or penalise them"
                .formatted(y.length, columns.length));
      }
      return spread(solver.solve(equations.right()), means, columns, z[0].length);
    }

    @Override
    public String toString() {
      return alpha == 0 ? "least squares" : "ridge " + alpha;
    }
  }

  /**
   * Minimises Σ u·(y − b − z·c)²/2n + α·Σ|c|, u the weights scaled to a mean of 1 (Tibshirani
   * 1996), by cyclic coordinate descent (Friedman, Hastie and Tibshirani 2010, section 2).
   */
  record Lasso(double alpha) implements Regression {
    /** Coefficients move less than this share of the largest one: as far as doubles carry it. */
    private static final double STILL = 1e-13;

    private static final int MOST_ROUNDS = 100_000;

    public Lasso {
      if (!(alpha >= 0)) {
        throw new IllegalArgumentException("alpha: " + alpha + " given, 0 or more is needed");
      }
    }

    @Override
    public Linear fit(double[][] z, double[] weights, double[] y, int[] columns) {
      double[] means = means(z, weights, y, columns);
      int n = y.length;
      double total = 0;
      for (double w : weights) {
        total += w;
      }
      double[][] centred = new double[columns.length][n];
      double[] residual = new double[n];
      double[] u = new double[n];
      for (int s = 0; s < n; s++) {
        u[s] = weights[s] / total;
        residual[s] = y[s] - means[columns.length];
        for (int j = 0; j < columns.length; j++) {
          centred[j][s] = z[s][columns[j]] - means[j];
        }
      }
      double[] found = new double[columns.length];
      for (int round = 0; round < MOST_ROUNDS && descend(centred, residual, u, found); round++) {}
      return spread(found, means, columns, z[0].length);
    }

    /** One round over all coefficients; whether any moved. */
    private boolean descend(double[][] z, double[] residual, double[] u, double[] found) {
      double largest = 0;
      double farthest = 0;
      for (int j = 0; j < found.length; j++) {
        double square = 0;
        double fit = 0;
        for (int s = 0; s < residual.length; s++) {
          square += u[s] * z[j][s] * z[j][s];
          fit += u[s] * z[j][s] * residual[s];
        }
        if (square > 0) {
          double least = fit + square * found[j];
          double soft = Math.signum(least) * Math.max(Math.abs(least) - alpha, 0) / square;
          double move = soft - found[j];
          for (int s = 0; s < residual.length; s++) {
            residual[s] -= move * z[j][s];
          }
          found[j] = soft;
          farthest = Math.max(farthest, Math.abs(move));
        }
        largest = Math.max(largest, Math.abs(found[j]));
      }
      return farthest > STILL * largest;
    }

    @Override
    public String toString() {
      return "lasso " + alpha;
    }
  }
}
