package dev.vitrine.nn.metric;

/**
 * How far predicted numbers lie from the true ones. The Brier score is {@link #mse} of
 * probabilities.
 */
public final class Regression {
  private Regression() {}

  /** mean of (y − t)². */
  public static double mse(double[] y, double[] t) {
    return squares(y, t) / t.length;
  }

  /** mean of |y − t|. */
  public static double mae(double[] y, double[] t) {
    Counts.same("predictions", y.length, t.length);
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      sum += Math.abs(y[i] - t[i]);
    }
    return sum / t.length;
  }

  /**
   * 1 − Σ(y − t)²/Σ(t − mean t)²: 1 is perfect, 0 as good as always guessing the mean. NaN if all t
   * are equal.
   */
  public static double r2(double[] y, double[] t) {
    double rest = squares(y, t);
    double mean = 0;
    for (double v : t) {
      mean += v;
    }
    mean /= t.length;
    double spread = 0;
    for (double v : t) {
      spread += (v - mean) * (v - mean);
    }
    return spread == 0 ? Double.NaN : 1 - rest / spread;
  }

  private static double squares(double[] y, double[] t) {
    Counts.same("predictions", y.length, t.length);
    double sum = 0;
    for (int i = 0; i < t.length; i++) {
      sum += (y[i] - t[i]) * (y[i] - t[i]);
    }
    return sum;
  }
}
