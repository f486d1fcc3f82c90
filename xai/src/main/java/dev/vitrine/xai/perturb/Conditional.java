package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows b of the background weighted by how like the explained row x they are in the set S of known
 * features: w_S(b) ∝ exp(−D²/2h²), D² = mean over S of ((x_i − b_i)/s_i)², s_i the deviation of
 * element i in the background (Aas, Jullum and Løland, Explaining individual predictions when
 * features are dependent, 2021, section 3.3, with a diagonal covariance). So what is unknown is
 * drawn from what goes together with what is known.
 *
 * @param data the background [m, …]
 * @param bandwidth h; theirs is 0.1. Large: all rows count alike
 */
public record Conditional(Tensor data, double bandwidth) implements Replacement {
  public Conditional {
    if (!(bandwidth > 0)) {
      throw new IllegalArgumentException(
          "bandwidth: " + bandwidth + " given, a positive number is needed");
    }
  }

  @Override
  public List<Background> of(Question q, List<Partition> features) {
    float[][] rows = Replacement.rows(data, q);
    double[] variances = variances(rows);
    float[] x = q.x().toFloats();
    var all = new ArrayList<Background>();
    for (int r = 0; r < q.size(); r++) {
      Partition p = features.get(r);
      double[][] distances = distances(x, r * rows[0].length, rows, variances, p);
      all.add(new Background(rows, (known, s) -> weights(distances, known, s)));
    }
    return all;
  }

  private static double[] variances(float[][] rows) {
    double[] variances = new double[rows[0].length];
    for (int e = 0; e < variances.length; e++) {
      double sum = 0;
      double squares = 0;
      for (float[] row : rows) {
        sum += row[e];
      }
      double mean = sum / rows.length;
      for (float[] row : rows) {
        squares += (row[e] - mean) * (row[e] - mean);
      }
      variances[e] = squares / rows.length;
    }
    return variances;
  }

  /**
   * Of each row and feature: Σ over its elements of ((x − b)/s)²; constant elements say nothing.
   */
  private static double[][] distances(
      float[] x, int from, float[][] rows, double[] variances, Partition p) {
    double[][] distances = new double[rows.length][p.count()];
    for (int b = 0; b < rows.length; b++) {
      for (int e = 0; e < variances.length; e++) {
        double d = (double) x[from + e] - rows[b][e];
        distances[b][p.of()[e]] += variances[e] == 0 ? 0 : d * d / variances[e];
      }
    }
    return distances;
  }

  private double[] weights(double[][] distances, Coalitions known, int s) {
    int size = Math.max(known.size(s), 1);
    double[] d = new double[distances.length];
    double nearest = Double.POSITIVE_INFINITY;
    for (int b = 0; b < d.length; b++) {
      for (int i = 0; i < known.players(); i++) {
        d[b] += known.has(s, i) ? distances[b][i] / size : 0;
      }
      nearest = Math.min(nearest, d[b]);
    }
    double sum = 0;
    double[] w = new double[d.length];
    for (int b = 0; b < w.length; b++) {
      // relative to the nearest row, so that not all weights vanish
      w[b] = StrictMath.exp((nearest - d[b]) / (2 * bandwidth * bandwidth));
      sum += w[b];
    }
    for (int b = 0; b < w.length; b++) {
      w[b] /= sum;
    }
    return w;
  }

  @Override
  public String toString() {
    return "rows of %s like the known part, bandwidth %s"
        .formatted(Replacement.name(data), bandwidth);
  }
}
