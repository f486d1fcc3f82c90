package dev.vitrine.xai.segment;

/**
 * An image smoothed with weights ∝ exp(−d²/2σ²), cut at four deviations; outside, the image goes on
 * as its mirror image (c b a | a b c | c b a).
 */
final class Gaussian {
  private Gaussian() {}

  /** With a deviation of {@code sigma} pixels along both axes; 0 leaves the image as it is. */
  static Pixels smooth(Pixels image, double sigma) {
    if (sigma == 0) {
      return image;
    }
    double[] weights = weights(sigma);
    double[] columns = along(image.values(), weights, image.height(), 3 * image.width()); // along h
    double[] both = along(columns, weights, image.width(), 3); // along w
    return new Pixels(image.height(), image.width(), both);
  }

  /** Of pixels at distance 0, 1, …; all of them, on both sides, add up to 1. */
  private static double[] weights(double sigma) {
    double[] w = new double[(int) (4 * sigma + 0.5) + 1];
    double sum = 0;
    for (int d = w.length - 1; d >= 0; d--) {
      double z = d / sigma;
      w[d] = StrictMath.exp(-0.5 * z * z);
      sum += d == 0 ? w[d] : 2 * w[d];
    }
    for (int d = 0; d < w.length; d++) {
      w[d] /= sum;
    }
    return w;
  }

  /** Along an axis of {@code extent} whose elements lie {@code step} apart. */
  private static double[] along(double[] from, double[] weights, int extent, int step) {
    double[] to = new double[from.length];
    for (int i = 0; i < to.length; i++) {
      int at = i / step % extent;
      int start = i - at * step;
      double sum = weights[0] * from[i];
      for (int d = 1; d < weights.length; d++) {
        double below = from[start + mirrored(at - d, extent) * step];
        double above = from[start + mirrored(at + d, extent) * step];
        sum += weights[d] * (below + above);
      }
      to[i] = sum;
    }
    return to;
  }

  private static int mirrored(int at, int extent) {
    int k = Math.floorMod(at, 2 * extent);
    return k < extent ? k : 2 * extent - 1 - k;
  }
}
