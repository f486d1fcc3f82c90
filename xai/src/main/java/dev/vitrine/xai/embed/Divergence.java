package dev.vitrine.xai.embed;

import java.util.stream.IntStream;

/**
 * KL(P‖Q) = Σ_ij p_ij·ln(p_ij/q_ij) of a layout in the plane, where q_ij = w_ij/Z, w_ij = 1/(1 +
 * ‖y_i − y_j‖²) and Z = Σ_k≠l w_kl; and its gradient 4·Σ_j (p_ij − q_ij)·w_ij·(y_i − y_j). Van der
 * Maaten and Hinton 2008, equations 4 and 5.
 *
 * <p>The repulsive part, Σ_j q_ij·w_ij·(y_i − y_j) and Z, is exact or {@link Quadtree}'s. Each
 * thread computes whole rows and rows are added up in order, so the number of threads changes no
 * bit.
 */
public final class Divergence {
  private final Affinities p;
  private final double[] y;
  private final double[] push;
  private final double z;

  private Divergence(Affinities p, double[] y, double[] push, double z) {
    this.p = p;
    this.y = y;
    this.push = push;
    this.z = z;
  }

  /**
   * Of a layout [n, 2].
   *
   * @param theta 0: exact; else the angle of Barnes and Hut
   */
  public static Divergence of(Affinities p, Points y, double theta) {
    check(p.count(), y);
    return of(p, y.values(), method(theta));
  }

  static Repulsion.Method method(double theta) {
    return theta == 0 ? Repulsion::exact : Repulsion.barnesHut(theta);
  }

  static void check(int n, Points y) {
    if (y.count() != n || y.dimension() != 2) {
      throw new IllegalArgumentException(
          "layout [%d, %d] for %d points: each needs a place in the plane, [%d, 2]"
              .formatted(y.count(), y.dimension(), n, n));
    }
  }

  /** {@code y} must stay as it is while the result is used. */
  static Divergence of(Affinities p, double[] y, Repulsion.Method method) {
    Repulsion repulsion = method.of(y);
    double[] push = new double[y.length];
    double[] weights = new double[p.count()];
    rows(p)
        .forEach(i -> {
          double[] sums = new double[3];
          repulsion.on(i, sums);
          push[2 * i] = sums[0];
          push[2 * i + 1] = sums[1];
          weights[i] = sums[2];
        });
    return new Divergence(p, y, push, sum(weights));
  }

  private static IntStream rows(Affinities p) {
    return IntStream.range(0, p.count()).parallel();
  }

  private static double sum(double[] terms) {
    double sum = 0;
    for (double t : terms) {
      sum += t;
    }
    return sum;
  }

  /** KL(P‖Q) in nats. */
  public double value() {
    double[] terms = new double[p.count()];
    rows(p).forEach(i -> terms[i] = row(i));
    return sum(terms);
  }

  private double row(int i) {
    Affinities.Row row = p.row(i);
    double sum = 0;
    for (int k = 0; k < row.columns().length; k++) {
      double v = row.values()[k];
      if (v > 0) {
        sum += v * StrictMath.log(v * z * (1 + squaredDistance(i, row.columns()[k])));
      }
    }
    return sum;
  }

  private double squaredDistance(int i, int j) {
    double d0 = y[2 * i] - y[2 * j];
    double d1 = y[2 * i + 1] - y[2 * j + 1];
    return d0 * d0 + d1 * d1;
  }

  /** [n, 2]. */
  public Points gradient() {
    return new Points(p.count(), 2, gradient(1));
  }

  /** With P {@code exaggeration} times as large, which pulls neighbours together. */
  double[] gradient(double exaggeration) {
    double[] g = new double[y.length];
    rows(p).forEach(i -> gradient(i, exaggeration, g));
    return g;
  }

  private void gradient(int i, double exaggeration, double[] g) {
    Affinities.Row row = p.row(i);
    double pull0 = 0;
    double pull1 = 0;
    for (int k = 0; k < row.columns().length; k++) {
      int j = row.columns()[k];
      double d0 = y[2 * i] - y[2 * j];
      double d1 = y[2 * i + 1] - y[2 * j + 1];
      double share = row.values()[k] / (1 + d0 * d0 + d1 * d1);
      pull0 += share * d0;
      pull1 += share * d1;
    }
    g[2 * i] = 4 * (exaggeration * pull0 - push[2 * i] / z);
    g[2 * i + 1] = 4 * (exaggeration * pull1 - push[2 * i + 1] / z);
  }
}
