package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Arrays;
import java.util.Map;

/**
 * max_I ‖a(x + I) − a(x)‖₂ / ‖a(x)‖₂ over random neighbours (Yeh et al. 2019, divided by the norm
 * as Captum does), or the mean over them (Bhatt, Weller and Moura 2020). 0 or more, low is good;
 * NaN where it would be divided by 0.
 *
 * @param perturbation Captum's is uniform with radius 0.02
 * @param samples neighbours of each row; Captum's are 10
 * @param mean whether the mean counts, not the maximum
 * @param relative what distances are divided by
 */
public record Sensitivity(Perturbation perturbation, int samples, boolean mean, Relative relative)
    implements Metric {
  /** What distances are divided by. */
  public enum Relative {
    /** By the norm of the map, as Captum does. */
    TO_MAP,
    /** By the norm of the input; maps are made |a| / max |a| first. So Quantus' tutorials do. */
    TO_INPUT
  }

  /** Relative to the map. */
  public Sensitivity(Perturbation perturbation, int samples, boolean mean) {
    this(perturbation, samples, mean, Relative.TO_MAP);
  }

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
    return Map.of(
        "perturbation", perturbation.toString(),
        "samples", String.valueOf(samples),
        "relative", relative == Relative.TO_MAP ? "to the map" : "to the input, maps |a|/max|a|");
  }

  @Override
  public Direction direction() {
    return Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = maps(a);
    double[] all = new double[maps.length];
    Neighbours.each(
        q,
        by,
        perturbation,
        samples,
        near -> {
          double[][] others = maps(near.answer());
          for (int i = 0; i < others.length; i++) {
            int r = near.rows()[i];
            double moved = Maps.distance(others[i], maps[r]);
            all[r] = mean ? all[r] + moved / samples : Math.max(all[r], moved);
          }
        });
    double[][] measures = relative == Relative.TO_MAP ? maps : Maps.of(q.x());
    Arrays.setAll(all, r -> all[r] / norm(measures[r]));
    return all;
  }

  private double[][] maps(Attribution a) {
    double[][] maps = Maps.of(a.values());
    if (relative == Relative.TO_INPUT) {
      for (double[] map : maps) {
        double most = Arrays.stream(map).map(Math::abs).max().orElse(0);
        Arrays.setAll(map, i -> most == 0 ? 0 : Math.abs(map[i]) / most);
      }
    }
    return maps;
  }

  private static double norm(double[] map) {
    double norm = Maps.norm(map);
    return norm == 0 ? Double.NaN : norm;
  }
}
