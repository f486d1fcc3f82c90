package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;

/** A metric of the attribution alone: neither the network nor the method is asked again. */
public interface MapMetric extends Metric {
  /**
   * The number of one row.
   *
   * @param map its attributions
   * @param number its number among all rows; masks are found by it
   */
  double of(double[] map, int number);

  @Override
  default double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = Maps.of(a.values());
    double[] all = new double[maps.length];
    for (int r = 0; r < all.length; r++) {
      all[r] = of(maps[r], q.numbers()[r]);
    }
    return all;
  }
}
