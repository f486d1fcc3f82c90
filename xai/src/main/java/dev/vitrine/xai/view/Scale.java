package dev.vitrine.xai.view;

import java.util.Arrays;
import java.util.List;

/**
 * v → clamp(v / limit, −1, 1): the value that gets the full colour, the same on both sides of zero.
 *
 * <p>Maps drawn with the same scale can be compared by eye. Zeros have no say in a fitted limit, so
 * an empty margin does not change it; NaN and infinities have none either.
 */
public record Scale(double limit) {

  /** Share of the non-zero magnitudes, in percent, that a scale of its own leaves uncut. */
  static final double USUAL_PERCENTILE = 99;

  public Scale {
    if (!(limit >= 0) || Double.isInfinite(limit)) {
      throw new IllegalArgumentException(
          "a scale ends at " + limit + "; it must end at a finite value that is not negative");
    }
  }

  /** The largest magnitude in any of the maps: nothing is cut. */
  public static Scale max(Heatmap... maps) {
    return percentile(100, maps);
  }

  /**
   * The smallest limit that at least {@code percent} of all non-zero magnitudes reach or stay below
   * (nearest rank), so that a few extreme pixels do not hide the rest; 0 where all values are zero.
   */
  public static Scale percentile(double percent, Heatmap... maps) {
    return fit(percent, Arrays.stream(maps).map(Heatmap::values).toList());
  }

  static Scale fit(double percent, List<double[]> maps) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "percentile " + percent + " does not exist; take one above 0 and up to 100");
    }
    double[] magnitudes =
        maps.stream()
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
            .sorted()
            .toArray();
    if (magnitudes.length == 0) {
      return new Scale(0);
    }
    int rank = (int) Math.ceil(percent / 100 * magnitudes.length);
    return new Scale(magnitudes[Math.max(rank, 1) - 1]);
  }

  /** Where v lies in [−1, 1]; NaN stays NaN, and beyond the limit only the sign is left. */
  public double at(double v) {
    if (v == 0 || Double.isNaN(v)) {
      return v;
    }
    return cuts(v) ? Math.signum(v) : v / limit;
  }

  /** Whether v lies beyond the limit and is drawn as if it were there. */
  public boolean cuts(double v) {
    return Math.abs(v) > limit;
  }
}
