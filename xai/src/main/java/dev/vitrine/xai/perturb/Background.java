package dev.vitrine.xai.perturb;

/**
 * What may stand in place of the unknown features of a row: alternatives, each with a weight; the
 * weights add up to 1.
 *
 * @param rows the alternatives, in the size of the row
 * @param weights how much each counts when only some features are known
 */
public record Background(float[][] rows, Weights weights) {

  /** Weights of alternatives given what is known. */
  @FunctionalInterface
  public interface Weights {
    /** A weight for each alternative when set {@code s} of {@code known} is all that is known. */
    double[] when(Coalitions known, int s);

    /** Whether they depend on what is known. */
    default boolean vary() {
      return true;
    }
  }

  /** The same whatever is known. */
  private record Fixed(double[] weights) implements Weights {
    @Override
    public double[] when(Coalitions known, int s) {
      return weights;
    }

    @Override
    public boolean vary() {
      return false;
    }
  }

  /** Fixed weights, which are scaled to add up to 1. */
  public static Background of(float[][] rows, double... weights) {
    double sum = 0;
    for (double w : weights) {
      if (!(w >= 0)) {
        throw new IllegalArgumentException("weight " + w + ": weights must be 0 or more");
      }
      sum += w;
    }
    if (rows.length == 0 || weights.length != rows.length || !(sum > 0)) {
      throw new IllegalArgumentException(
          "%d weights with sum %s for %d rows: each row needs one, and not all may be 0"
              .formatted(weights.length, sum, rows.length));
    }
    double[] scaled = new double[weights.length];
    for (int b = 0; b < scaled.length; b++) {
      scaled[b] = weights[b] / sum;
    }
    return new Background(rows, new Fixed(scaled));
  }

  /** One alternative. */
  public static Background of(float[] row) {
    return of(new float[][] {row}, 1);
  }
}
