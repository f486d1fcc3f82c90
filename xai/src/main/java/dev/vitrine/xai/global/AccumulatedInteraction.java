package dev.vitrine.xai.global;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;

/**
 * What two features do together beyond what each does alone: second differences f(z_k, w_m) −
 * f(z_{k−1}, w_m) − f(z_k, w_{m−1}) + f(z_{k−1}, w_{m−1}), their mean in each cell summed over
 * cells, less both features' accumulated effects in that sum and its mean over the data (Apley and
 * Zhu 2020, equations 17 to 20). 0 everywhere if f is a sum of functions of either feature.
 *
 * @param bins of each feature at most
 */
public record AccumulatedInteraction(int bins) {
  /** At most 15 by 15 cells. */
  public AccumulatedInteraction() {
    this(15);
  }

  /**
   * The interaction of two features.
   *
   * @param first whose edges count rows
   * @param second whose edges count columns
   * @param counts rows of the data in each cell; empty ones borrow the nearest cell's difference
   * @param values at each pair of edges, [edges of first][edges of second]
   */
  public record Surface(Axis first, Axis second, int[][] counts, double[][] values) {}

  /** Of rows {@code x} [n, …], between quantiles of the data. */
  public Surface of(Subject subject, Tensor x, Target target, Feature first, Feature second) {
    return of(subject, x, target, Axis.quantiles(x, first, bins), Axis.quantiles(x, second, bins));
  }

  /** Of rows {@code x} [n, …], between given edges; rows outside count to the nearest cell. */
  public static Surface of(Subject subject, Tensor x, Target target, Axis first, Axis second) {
    if (first.size() < 2 || second.size() < 2 || first.feature().equals(second.feature())) {
      throw new IllegalArgumentException(
          "\"%s\" with %d values and \"%s\" with %d: two features with two values each are needed"
              .formatted(first.feature(), first.size(), second.feature(), second.size()));
    }
    Rows rows = Rows.of(x);
    double[] a = rows.column(first.feature());
    double[] b = rows.column(second.feature());
    float[] f;
    try (Question q = Question.of(subject, x, 0, target)) {
      f =
          q.explained(
              rows.copies(
                  4,
                  (row, i, into, at) -> {
                    into[at + first.feature().index()] =
                        (float) first.values()[first.bin(a[row]) + i / 2];
                    into[at + second.feature().index()] =
                        (float) second.values()[second.bin(b[row]) + i % 2];
                  }));
    }
    int[][] counts = new int[first.size() - 1][second.size() - 1];
    double[][] means = new double[counts.length][counts[0].length];
    for (int r = 0; r < rows.count(); r++) {
      int k = first.bin(a[r]);
      int m = second.bin(b[r]);
      counts[k][m]++;
      means[k][m] += (double) f[4 * r + 3] - f[4 * r + 1] - f[4 * r + 2] + f[4 * r];
    }
    for (int k = 0; k < means.length; k++) {
      for (int m = 0; m < means[k].length; m++) {
        means[k][m] /= Math.max(counts[k][m], 1);
      }
    }
    return new Surface(first, second, counts, pure(filled(means, counts, first, second), counts));
  }

  /** Empty cells take the mean of the nearest other one, distances in shares of each range. */
  private static double[][] filled(double[][] means, int[][] counts, Axis first, Axis second) {
    double[] u = middles(first);
    double[] v = middles(second);
    double[][] all = new double[u.length][v.length];
    for (int k = 0; k < u.length; k++) {
      for (int m = 0; m < v.length; m++) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < u.length; i++) {
          for (int j = 0; j < v.length; j++) {
            double d = (u[k] - u[i]) * (u[k] - u[i]) + (v[m] - v[j]) * (v[m] - v[j]);
            if (counts[i][j] > 0 && d < nearest) {
              nearest = d;
              all[k][m] = means[i][j];
            }
          }
        }
      }
    }
    return all;
  }

  private static double[] middles(Axis axis) {
    double[] z = axis.values();
    double[] middles = new double[z.length - 1];
    for (int k = 0; k < middles.length; k++) {
      middles[k] = (z[k] + z[k + 1]) / 2 / (z[z.length - 1] - z[0]);
    }
    return middles;
  }

  /** Sums over both axes, less the effect of each one alone and the mean. */
  private static double[][] pure(double[][] cells, int[][] counts) {
    double[][] sums = new double[cells.length + 1][cells[0].length + 1];
    for (int k = 0; k < cells.length; k++) {
      for (int m = 0; m < cells[0].length; m++) {
        sums[k + 1][m + 1] = sums[k][m + 1] + sums[k + 1][m] - sums[k][m] + cells[k][m];
      }
    }
    double[] alone = alone(sums, counts);
    double[] other = alone(transposed(sums), transposed(counts));
    double mean = 0;
    long rows = 0;
    for (int k = 0; k < sums.length; k++) {
      for (int m = 0; m < sums[0].length; m++) {
        sums[k][m] -= alone[k] + other[m];
        if (k > 0 && m > 0) {
          double corners = sums[k - 1][m - 1] + sums[k - 1][m] + sums[k][m - 1] + sums[k][m];
          mean += counts[k - 1][m - 1] * corners / 4;
          rows += counts[k - 1][m - 1];
        }
      }
    }
    for (double[] row : sums) {
      for (int m = 0; m < row.length; m++) {
        row[m] -= mean / rows;
      }
    }
    return sums;
  }

  /** Accumulated effects of the first axis in a surface. */
  private static double[] alone(double[][] sums, int[][] counts) {
    double[] effect = new double[sums.length];
    for (int k = 0; k < counts.length; k++) {
      double weighted = 0;
      int rows = 0;
      for (int m = 0; m < counts[k].length; m++) {
        double slope = sums[k + 1][m] - sums[k][m] + sums[k + 1][m + 1] - sums[k][m + 1];
        weighted += counts[k][m] * slope / 2;
        rows += counts[k][m];
      }
      effect[k + 1] = effect[k] + (rows == 0 ? 0 : weighted / rows);
    }
    return effect;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static int[][] transposed(int[][] a) {
    int[][] t = new int[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }
}
