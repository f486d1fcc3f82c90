package dev.vitrine.xai.example;

/**
 * {p : n·kl(k/n, p) ≤ ln((n + 1)/δ)}: bounds of a probability of which k of n tries were hits, that
 * hold for all n at once with a probability of at least 1 − δ, so it doesn't matter when one looks.
 *
 * <p>The likelihood of the tries under a uniform prior over that under p is a martingale that
 * starts at 1, so it ever reaches 1/δ with probability δ at most (Ville 1939; Robbins 1970); and it
 * is at least exp(n·kl(k/n, p))/(n + 1). The bounds have the form of KL-LUCB's (Kaufmann and
 * Kalyanakrishnan 2013), with a smaller exploration rate.
 */
record Bounds(double low, double high) {
  /** Halvings of [0, 1]: closer than any precision is ever read. */
  private static final int HALVINGS = 40;

  static Bounds of(int hits, int tries, double delta) {
    if (tries == 0) {
      return new Bounds(0, 1);
    }
    double mean = (double) hits / tries;
    double most = StrictMath.log((tries + 1) / delta) / tries;
    return new Bounds(farthest(mean, 0, most), farthest(mean, 1, most));
  }

  /** The p between {@code mean} and {@code end} whose divergence is still within {@code most}. */
  private static double farthest(double mean, double end, double most) {
    double inside = mean;
    double outside = end;
    for (int k = 0; k < HALVINGS; k++) {
      double p = (inside + outside) / 2;
      if (kl(mean, p) <= most) {
        inside = p;
      } else {
        outside = p;
      }
    }
    return outside;
  }

  /** p ln(p/q) + (1 − p) ln((1 − p)/(1 − q)), of Bernoulli variables. */
  static double kl(double p, double q) {
    return term(p, q) + term(1 - p, 1 - q);
  }

  private static double term(double p, double q) {
    return p == 0 ? 0 : q == 0 ? Double.POSITIVE_INFINITY : p * StrictMath.log(p / q);
  }
}
