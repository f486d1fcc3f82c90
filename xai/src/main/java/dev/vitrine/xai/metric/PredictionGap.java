package dev.vitrine.xai.metric;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import java.util.Map;

/**
 * E_I |f(x) − f(x + I)|, where I changes only the share of the elements with the largest |a| (PGI)
 * or only the others (PGU) (Agarwal et al. 2022, OpenXAI). In the units of the explained number, 0
 * or more; PGI is good if high, PGU if low.
 *
 * @param perturbation small noise
 * @param share of the elements that count as important, rounded down to whole ones, at least 1
 * @param samples perturbations of each row
 * @param important whether the important ones change, or the others
 */
public record PredictionGap(Perturbation perturbation, double share, int samples, boolean important)
    implements Metric {
  public PredictionGap {
    if (!(share > 0 && share < 1) || samples < 1) {
      throw new IllegalArgumentException(
          "share %s, samples %d: a share between 0 and 1 and at least 1 sample are needed"
              .formatted(share, samples));
    }
  }

  @Override
  public String name() {
    return important ? "PGI" : "PGU";
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "perturbation", perturbation.toString(),
        "share", String.valueOf(share),
        "samples", String.valueOf(samples));
  }

  @Override
  public Direction direction() {
    return important ? Direction.HIGHER : Direction.LOWER;
  }

  @Override
  public double[] of(Question q, Explainer by, Attribution a) {
    double[][] maps = Maps.ofInputs(q, a);
    boolean[][] changes = new boolean[maps.length][];
    for (int r = 0; r < maps.length; r++) {
      changes[r] = changing(maps[r]);
    }
    float[][] x = Maps.rows(q.x());
    float[] f = q.explained();
    float[] gaps =
        q.explained(
            new Changed(
                x,
                samples,
                (row, r, k) -> plus(row, changes[r], perturbation.of(row, q.numbers()[r], k))));
    double[] all = new double[maps.length];
    for (int c = 0; c < gaps.length; c++) {
      int r = c / samples;
      all[r] += Math.abs((double) f[r] - gaps[c]) / samples;
    }
    return all;
  }

  private boolean[] changing(double[] map) {
    double[] sizes = new double[map.length];
    boolean[] changing = new boolean[map.length];
    for (int i = 0; i < map.length; i++) {
      sizes[i] = Math.abs(map[i]);
      changing[i] = !important;
    }
    for (int i : Order.largest(sizes, Fractions.count(share, map.length))) {
      changing[i] = important;
    }
    return changing;
  }

  private static float[] plus(float[] x, boolean[] changing, float[] change) {
    for (int i = 0; i < x.length; i++) {
      change[i] = changing[i] ? x[i] + change[i] : x[i];
    }
    return change;
  }
}
