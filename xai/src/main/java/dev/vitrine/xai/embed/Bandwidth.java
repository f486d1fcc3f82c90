package dev.vitrine.xai.embed;

/**
 * p_j = exp(−β·d_j)/Σ_k exp(−β·d_k) with β such that the entropy −Σ p_j·ln p_j is ln(perplexity):
 * as many neighbours count, in effect. Van der Maaten and Hinton 2008, section 2.
 *
 * <p>The entropy falls with t = ln β by β²·Var(d), so Newton's steps find the root, kept inside of
 * what is known to enclose it. Where no β reaches the entropy (equal distances), p is what the last
 * step gave.
 */
final class Bandwidth {
  private static final int STEPS = 200;

  /** Of the entropy; its rounding errors are about 1e-15. */
  private static final double TOLERANCE = 1e-12;

  /** Of t in one step, so that a flat start does not throw it far away. */
  private static final double STRIDE = 3;

  private final double[] squaredDistances;
  private final double[] p;
  private final double least;
  private double entropy;
  private double slope;

  private Bandwidth(double[] squaredDistances, double least) {
    this.squaredDistances = squaredDistances;
    this.p = new double[squaredDistances.length];
    this.least = least;
  }

  /** p of neighbours at these squared distances. */
  static double[] probabilities(double[] squaredDistances, double perplexity) {
    double least = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (double d : squaredDistances) {
      least = Math.min(least, d);
      sum += d;
    }
    double mean = sum / squaredDistances.length - least;
    var b = new Bandwidth(squaredDistances, least);
    b.solve(mean > 0 ? -StrictMath.log(mean) : 0, StrictMath.log(perplexity));
    return b.p;
  }

  private void solve(double start, double wanted) {
    double t = start;
    double low = Double.NEGATIVE_INFINITY; // here the entropy is too large
    double high = Double.POSITIVE_INFINITY; // and here too small
    for (int k = 0; k < STEPS; k++) {
      evaluate(StrictMath.exp(t));
      double excess = entropy - wanted;
      if (Math.abs(excess) <= TOLERANCE) {
        return;
      }
      if (excess > 0) {
        low = t;
      } else {
        high = t;
      }
      double stride = slope > 0 ? excess / slope : Math.signum(excess) * STRIDE;
      t += Math.clamp(stride, -STRIDE, STRIDE);
      if (!(t > low && t < high)) {
        t = low + (high - low) / 2; // finite: a step in the right direction left the bracket
      }
    }
  }

  /** p and its entropy at β; distances count from the least one, which changes no p. */
  private void evaluate(double beta) {
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int j = 0; j < p.length; j++) {
      double d = squaredDistances[j] - least;
      p[j] = StrictMath.exp(-beta * d);
      sum += p[j];
      first += p[j] * d;
      second += p[j] * d * d;
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    double mean = first / sum;
    entropy = StrictMath.log(sum) + beta * mean;
    slope = beta * beta * (second / sum - mean * mean);
  }
}
