package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Question;

/** Rows as arrays of their own, so that nothing a metric does reaches the caller's tensors. */
final class Maps {
  private Maps() {}

  /** Attributions in double; NaN is refused. */
  static double[][] of(Tensor attributions) {
    float[][] rows = rows(attributions);
    double[][] maps = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      maps[r] = new double[rows[r].length];
      for (int i = 0; i < maps[r].length; i++) {
        if (Float.isNaN(rows[r][i])) {
          throw new IllegalArgumentException(
              "attribution %d of row %d is NaN: such a map cannot be judged".formatted(i, r));
        }
        maps[r][i] = rows[r][i];
      }
    }
    return maps;
  }

  /** The same for metrics that change the elements which attributions belong to. */
  static double[][] ofInputs(Question q, Attribution a) {
    if (!a.values().shape().equals(q.x().shape())) {
      throw new IllegalArgumentException(
          "attributions %s for input %s: each element of the input needs its own"
              .formatted(a.values().shape(), q.x().shape()));
    }
    return of(a.values());
  }

  static float[][] rows(Tensor of) {
    float[] all = of.toFloats();
    int n = of.shape().dim(0);
    float[][] rows = new float[n][all.length / Math.max(n, 1)];
    for (int r = 0; r < n; r++) {
      System.arraycopy(all, r * rows[r].length, rows[r], 0, rows[r].length);
    }
    return rows;
  }

  /** ‖v‖₂. */
  static double norm(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += e * e;
    }
    return Math.sqrt(sum);
  }

  /** ‖v − w‖₂. */
  static double distance(double[] v, double[] w) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      sum += (v[i] - w[i]) * (v[i] - w[i]);
    }
    return Math.sqrt(sum);
  }

  /** Σ |v|. */
  static double mass(double[] v) {
    double sum = 0;
    for (double e : v) {
      sum += Math.abs(e);
    }
    return sum;
  }
}
