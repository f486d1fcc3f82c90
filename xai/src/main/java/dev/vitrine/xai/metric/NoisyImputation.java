package dev.vitrine.xai.metric;

/**
 * x_p = Σ_{q ∈ N(p)} w_pq·x_q for every missing pixel p: each is the weighted mean of its
 * neighbours, 1/6 for those at an edge and 1/12 for those at a corner, scaled up to 1 at the border
 * (Rong et al. 2022, ROAD). What is known says what is missing, and smoothly so, which gives away
 * less of where something was removed than a constant does.
 *
 * <p>Multiplied by Σ_q w_pq the equations are symmetric and positive definite as long as one pixel
 * is known; conjugate gradients (Hestenes and Stiefel 1952) solve them in plain double in a fixed
 * order.
 */
final class NoisyImputation {
  /** ‖residual‖₂ beside ‖right side‖₂: well below a step of a float. */
  private static final double PRECISION = 1e-10;

  private final int height;
  private final int width;
  private final boolean[] missing;

  /** {@code missing}: of each pixel of an image, not all of them. */
  NoisyImputation(int height, int width, boolean[] missing) {
    this.height = height;
    this.width = width;
    this.missing = missing;
  }

  /** Fills the missing pixels of one channel; known ones stay. */
  void fill(double[] image) {
    double[] x = image.clone();
    for (int p = 0; p < x.length; p++) {
      x[p] = missing[p] ? 0 : x[p];
    }
    double[] r = applied(x);
    for (int p = 0; p < r.length; p++) {
      r[p] = -r[p];
      x[p] = 0;
    }
    double[] d = r.clone();
    double rr = dot(r, r);
    double enough = PRECISION * PRECISION * rr;
    for (int k = 0; k < x.length && rr > enough; k++) {
      double[] ad = applied(d);
      double alpha = rr / dot(d, ad);
      double before = rr;
      for (int p = 0; p < x.length; p++) {
        x[p] += alpha * d[p];
        r[p] -= alpha * ad[p];
      }
      rr = dot(r, r);
      for (int p = 0; p < x.length; p++) {
        d[p] = r[p] + rr / before * d[p];
      }
    }
    for (int p = 0; p < x.length; p++) {
      image[p] = missing[p] ? x[p] : image[p];
    }
  }

  /** Σ_q w_pq·(x_p − x_q) at missing pixels, 0 at known ones. */
  private double[] applied(double[] x) {
    double[] all = new double[x.length];
    for (int p = 0; p < x.length; p++) {
      if (missing[p]) {
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            int y = p / width + dy;
            int z = p % width + dx;
            if (y >= 0 && y < height && z >= 0 && z < width) {
              double w = dy == 0 || dx == 0 ? 1 / 6.0 : 1 / 12.0;
              all[p] += w * (x[p] - x[y * width + z]);
            }
          }
        }
      }
    }
    return all;
  }

  private static double dot(double[] v, double[] w) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      sum += v[i] * w[i];
    }
    return sum;
  }
}
