package dev.vitrine.xai.global;

import java.util.List;

/**
 * What became of each row while features took other values.
 *
 * @param axes the features and their values
 * @param individual the explained number of each row at each point, [rows][points]; of two features
 *     the points of the second one lie next to each other
 */
public record Dependence(List<Axis> axes, float[][] individual) {
  /** How many points there are. */
  public int points() {
    return individual[0].length;
  }

  /** The mean over rows at each point: partial dependence. Its bits don't depend on their order. */
  public double[] average() {
    return tally().means().mean();
  }

  /** How far each mean may be from that over all rows there could be: √(variance/rows). */
  public double[] standardError() {
    return tally().means().meanError();
  }

  private Tally tally() {
    var tally = new Tally(points());
    for (float[] row : individual) {
      tally.add(row);
    }
    return tally;
  }

  /** Rows that all begin at 0: f minus f at point {@code anchor} (c-ICE). */
  public float[][] centred(int anchor) {
    float[][] all = new float[individual.length][points()];
    for (int r = 0; r < all.length; r++) {
      for (int p = 0; p < all[r].length; p++) {
        all[r][p] = individual[r][p] - individual[r][anchor];
      }
    }
    return all;
  }

  /**
   * How much the mean moves: the sample deviation of {@link #average} over the points, which tells
   * important features from others (Greenwell, Boehmke and McCarthy 2018).
   */
  public double importance() {
    return Moments.of(average()).sampleDeviation();
  }
}
