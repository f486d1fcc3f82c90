package dev.vitrine.xai.embed;

/**
 * What pushes the points of a layout apart: with w_ij = 1/(1 + ‖y_i − y_j‖²), the sums Σ_j w_ij and
 * Σ_j w_ij²·(y_i − y_j) over all others.
 */
interface Repulsion {
  /** Puts Σ w² times the first and the second coordinate, and Σ w, into {@code sums}. */
  void on(int i, double[] sums);

  /** How one is made of a layout. */
  @FunctionalInterface
  interface Method {
    Repulsion of(double[] y);
  }

  /** The definition: n terms for each point. */
  static Repulsion exact(double[] y) {
    return (i, sums) -> {
      double x0 = y[2 * i];
      double x1 = y[2 * i + 1];
      double s0 = 0;
      double s1 = 0;
      double z = 0;
      for (int j = 0; j < y.length; j += 2) {
        double d0 = x0 - y[j];
        double d1 = x1 - y[j + 1];
        double w = j == 2 * i ? 0 : 1 / (1 + d0 * d0 + d1 * d1);
        z += w;
        s0 += w * w * d0;
        s1 += w * w * d1;
      }
      sums[0] = s0;
      sums[1] = s1;
      sums[2] = z;
    };
  }

  /** {@link Quadtree}: about log n terms for each point; {@code theta} 0 gives all of them. */
  static Method barnesHut(double theta) {
    return y -> {
      var tree = new Quadtree(y);
      return (i, sums) -> tree.sum(i, theta, sums);
    };
  }
}
