package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Arrays;
import java.util.Map;

/**
 * max_I ‖a(x + I) − a(x)‖₂ / ‖a(x)‖₂ over random neighbours (Yeh et al. 2019, divided by the norm
 * as Captum does), or the mean over them (Bhatt, Weller and Moura 2020). 0 or more, low is good;
 * NaN where a(x) is all zeros.
 *
 * @param perturbation Captum's is uniform with radius 0.02
 * @param samples neighbours of each row; Captum's are 10
 * @param mean whether the mean counts, not the maximum
 */
public record Sensitivity(Perturbation perturbation, int samples, boolean mean) implements Metric {
  public Sensitivity {
    if (samples < 1) {
      throw new IllegalArgumentException("samples: " + samples + " given, at least 1 is needed");
    }
  }

  @Override
  public String name() {
    return mean ? "AverageSensitivity" : "MaxSensitivity";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of("perturbation", perturbation.toString(), "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = Maps.of(a.values());
    double[] all = new double[maps.length];
    Neighbours.each(
        q,
        by,
        perturbation,
        samples,
        near -> {
          double[][] others = Maps.of(near.answer().values());
          for (int i = 0; i < others.length; i++) {
            int r = near.rows()[i];
            double moved = Maps.distance(others[i], maps[r]);
            all[r] = mean ? all[r] + moved / samples : Math.max(all[r], moved);
          }
        });
    Arrays.setAll(all, r -> all[r] / norm(maps[r]));
    return all;
  }

  private static double norm(double[] map) {
    double norm = Maps.norm(map);
    return norm == 0 ? Double.NaN : norm;
  }
}
