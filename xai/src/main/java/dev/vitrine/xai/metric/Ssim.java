package dev.vitrine.xai.metric;

/**
 * SSIM = mean over pixels and channels of (2μ_aμ_b + c₁)(2σ_ab + c₂) / ((μ_a² + μ_b² + c₁)(σ_a² +
 * σ_b² + c₂)) (Wang et al. 2004, equation 13). Means and variances are those under a Gaussian of
 * deviation 1.5 pixels, cut at 5; at the borders the weights of what is inside are scaled up to 1.
 * c₁ = (0.01·L)² and c₂ = (0.03·L)², L the range of both maps together.
 *
 * <p>It is made for maps of one sign: where both the means and the differences of one turn their
 * sign, it sees nothing. {@link Similarity#ofMagnitudes} is what Adebayo et al. 2018 compare.
 *
 * <p>From −1 to 1; two maps of one and the same constant give NaN.
 */
public record Ssim(int height, int width, int channels) implements Similarity {
  private static final int RADIUS = 5;
  private static final double DEVIATION = 1.5;

  @Override
  public double of(double[] a, double[] b) {
    if (a.length != height * width * channels) {
      throw new IllegalArgumentException(
          "SSIM of maps with %d elements: images of %d x %d x %d have %d"
              .formatted(a.length, height, width, channels, height * width * channels));
    }
    double range = range(a, b);
    double c1 = 0.01 * range * (0.01 * range);
    double c2 = 0.03 * range * (0.03 * range);
    double[] weights = weights();
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += at(a, b, p, weights, c1, c2);
    }
    return sum / a.length;
  }

  private double at(double[] a, double[] b, int p, double[] weights, double c1, double c2) {
    int y = p / channels / width;
    int x = p / channels % width;
    double w = 0;
    double sumA = 0;
    double sumB = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = Math.max(y - RADIUS, 0); i <= Math.min(y + RADIUS, height - 1); i++) {
      for (int j = Math.max(x - RADIUS, 0); j <= Math.min(x + RADIUS, width - 1); j++) {
        double weight = weights[Math.abs(i - y)] * weights[Math.abs(j - x)];
        int at = (i * width + j) * channels + p % channels;
        w += weight;
        sumA += weight * a[at];
        sumB += weight * b[at];
        aa += weight * a[at] * a[at];
        bb += weight * b[at] * b[at];
        ab += weight * a[at] * b[at];
      }
    }
    double meanA = sumA / w;
    double meanB = sumB / w;
    double varianceA = aa / w - meanA * meanA;
    double varianceB = bb / w - meanB * meanB;
    double covariance = ab / w - meanA * meanB;
    return (2 * meanA * meanB + c1)
        * (2 * covariance + c2)
        / ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
  }

  private static double[] weights() {
    double[] weights = new double[RADIUS + 1];
    for (int d = 0; d <= RADIUS; d++) {
      weights[d] = StrictMath.exp(-d * d / (2 * DEVIATION * DEVIATION));
    }
    return weights;
  }

  private static double range(double[] a, double[] b) {
    double low = a[0];
    double high = a[0];
    for (int i = 0; i < a.length; i++) {
      low = Math.min(low, Math.min(a[i], b[i]));
      high = Math.max(high, Math.max(a[i], b[i]));
    }
    return high - low;
  }

  @Override
  public String toString() {
    return "SSIM";
  }
}
