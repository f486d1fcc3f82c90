package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Tensor;
import java.util.Arrays;

/**
 * Few rows whose explanations together show most of what matters: greedily the row that adds most
 * to Σ_j I_j·[some picked row has a_j ≠ 0], I_j = √Σ_i |a_ij| (Ribeiro, Singh and Guestrin 2016,
 * algorithm 2). The greedy choice reaches at least 1 − 1/e of the best.
 */
public final class SubmodularPick {
  private SubmodularPick() {}

  /**
   * Picks rows.
   *
   * @param values attributions [n, …]
   * @param count how many rows, at most n
   * @return rows in the order in which they were picked; equal ones by their number
   */
  public static int[] of(Tensor values, int count) {
    int n = values.shape().dim(0);
    if (count < 1 || count > n) {
      throw new IllegalArgumentException(
          "%d rows to pick from %d: 1 to %d are possible".formatted(count, n, n));
    }
    float[] a = values.toFloats();
    int columns = a.length / n;
    double[] importance = new double[columns];
    for (int i = 0; i < a.length; i++) {
      importance[i % columns] += Math.abs(a[i]);
    }
    for (int j = 0; j < columns; j++) {
      importance[j] = Math.sqrt(importance[j]);
    }
    boolean[] covered = new boolean[columns];
    int[] picked = new int[count];
    Arrays.fill(picked, -1);
    boolean[] used = new boolean[n];
    for (int p = 0; p < count; p++) {
      double most = -1;
      for (int i = 0; i < n; i++) {
        double gain = used[i] ? -1 : gain(a, i, importance, covered);
        if (gain > most) {
          most = gain;
          picked[p] = i;
        }
      }
      used[picked[p]] = true;
      for (int j = 0; j < columns; j++) {
        covered[j] |= a[picked[p] * columns + j] != 0;
      }
    }
    return picked;
  }

  private static double gain(float[] a, int row, double[] importance, boolean[] covered) {
    double gain = 0;
    for (int j = 0; j < covered.length; j++) {
      gain += !covered[j] && a[row * covered.length + j] != 0 ? importance[j] : 0;
    }
    return gain;
  }
}
