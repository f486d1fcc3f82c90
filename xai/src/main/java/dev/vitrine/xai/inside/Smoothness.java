package dev.vitrine.xai.inside;

import dev.vitrine.tensor.Shape;

/**
 * penalty(x) = l2·Σ(x − middle)²/2 + tv·Σ√(d_y² + d_x² + ε²) over the differences d between
 * neighbouring pixels (total variation; Mahendran and Vedaldi 2015, section 2).
 *
 * @param l2 keeps numbers near the middle
 * @param tv makes neighbours alike; for images [h, w, c] only
 */
record Smoothness(double l2, double tv, double middle) {
  private static final double EPSILON = 1e-3;

  /** Subtracts its gradient. */
  void subtract(double[] gradient, double[] image, Shape shape) {
    for (int i = 0; l2 != 0 && i < image.length; i++) {
      gradient[i] -= l2 * (image[i] - middle);
    }
    if (tv != 0) {
      subtractVariation(gradient, image, shape.dim(0), shape.dim(1), shape.dim(2));
    }
  }

  private void subtractVariation(double[] gradient, double[] image, int h, int w, int c) {
    for (int i = 0; i < image.length; i++) {
      int below = i / (w * c) + 1 < h ? i + w * c : i;
      int beside = i / c % w + 1 < w ? i + c : i;
      double dy = image[below] - image[i];
      double dx = image[beside] - image[i];
      double share = tv / Math.sqrt(dy * dy + dx * dx + EPSILON * EPSILON);
      gradient[i] += share * (dy + dx);
      gradient[below] -= share * dy;
      gradient[beside] -= share * dx;
    }
  }
}
