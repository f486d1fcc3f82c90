package dev.vitrine.nn;

/**
 * How much wider weights are drawn because of the activation behind them: so that its output has
 * the spread of its input. PyTorch's figures.
 */
public final class Gain {
  public static final double LINEAR = 1;
  public static final double SIGMOID = 1;
  public static final double TANH = 5.0 / 3;

  /** He et al. 2015: half of a symmetric input is lost. */
  public static final double RELU = Math.sqrt(2);

  private Gain() {}

  /** √(2/(1 + slope²)). */
  public static double leakyRelu(double slope) {
    return Math.sqrt(2 / (1 + slope * slope));
  }
}
