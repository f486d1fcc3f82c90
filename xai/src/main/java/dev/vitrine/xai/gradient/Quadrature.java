package dev.vitrine.xai.gradient;

import java.util.Arrays;

/**
 * Points α_k in [0, 1] and weights w_k with Σ w_k·g(α_k) ≈ ∫ g. Riemann forms as Captum defines
 * them; its trapezoid's weights add up to (n−1)/n.
 */
public enum Quadrature {
  /** Exact for polynomials up to degree 2n − 1. */
  GAUSS_LEGENDRE {
    @Override
    public Rule rule(int n) {
      return gaussLegendre(n);
    }
  },
  /** α = k/n. */
  RIEMANN_LEFT {
    @Override
    public Rule rule(int n) {
      return even(n, 0);
    }
  },
  /** α = (k + ½)/n. */
  RIEMANN_MIDDLE {
    @Override
    public Rule rule(int n) {
      return even(n, 0.5);
    }
  },
  /** α = (k + 1)/n. */
  RIEMANN_RIGHT {
    @Override
    public Rule rule(int n) {
      return even(n, 1);
    }
  },
  /** α = k/(n − 1), w = 1/n, the ends halved. */
  RIEMANN_TRAPEZOID {
    @Override
    public Rule rule(int n) {
      if (n < 2) {
        throw new IllegalArgumentException("the trapezoid needs at least 2 steps, found " + n);
      }
      double[] points = new double[n];
      Arrays.setAll(points, k -> (double) k / (n - 1));
      double[] weights = new double[n];
      Arrays.fill(weights, 1.0 / n);
      weights[0] /= 2;
      weights[n - 1] /= 2;
      return new Rule(points, weights);
    }
  };

  /** Points in ascending order and their weights. */
  public record Rule(double[] points, double[] weights) {}

  /** The rule with {@code n} points, at least one. */
  public abstract Rule rule(int n);

  private static Rule even(int n, double shift) {
    if (n < 1) {
      throw new IllegalArgumentException("at least 1 step is needed, found " + n);
    }
    double[] points = new double[n];
    Arrays.setAll(points, k -> (k + shift) / n);
    double[] weights = new double[n];
    Arrays.fill(weights, 1.0 / n);
    return new Rule(points, weights);
  }

  /**
   * Roots of the Legendre polynomial P_n by Newton's method from Tricomi's first guess, mapped from
   * [−1, 1]; w = 1/((1 − z²)·P′_n(z)²) there.
   */
  private static Rule gaussLegendre(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("at least 1 step is needed, found " + n);
    }
    double[] points = new double[n];
    double[] weights = new double[n];
    for (int k = 0; k < n; k++) {
      double z = StrictMath.cos(StrictMath.PI * (k + 0.75) / (n + 0.5));
      double slope = 0;
      for (int step = 0; step < 100; step++) {
        double p = 1;
        double before = 0;
        for (int j = 0; j < n; j++) {
          double next = ((2 * j + 1) * z * p - j * before) / (j + 1);
          before = p;
          p = next;
        }
        slope = n * (z * p - before) / (z * z - 1);
        double move = p / slope;
        z -= move;
        if (Math.abs(move) < 1e-16) {
          break;
        }
      }
      points[k] = (1 - z) / 2;
      weights[k] = 1 / ((1 - z * z) * slope * slope);
    }
    return new Rule(points, weights);
  }
}
