package dev.vitrine.xai.embed;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;

/**
 * x ≈ mean + Σ_k s_k·v_k: the orthonormal directions v_k along which the points vary most, first
 * the strongest. Pearson 1901; v_k are the right singular vectors of the centred matrix.
 *
 * <p>A direction and its opposite are equally good: its entry of the largest magnitude, the first
 * of equal ones, is positive here.
 *
 * @param mean of the points, [dimension]
 * @param components v_k as rows, [components, dimension]
 * @param variance along each component, with n − 1 in the denominator
 * @param ratio share of each component in the variance of the points; 0 if they are all equal
 */
public record Pca(double[] mean, Points components, double[] variance, double[] ratio) {

  /**
   * The first {@code components} directions.
   *
   * @throws IllegalArgumentException if there are fewer than two points, or if {@code components}
   *     is not between 1 and the smaller one of points and dimensions
   */
  public static Pca of(Points x, int components) {
    int most = Math.min(x.count(), x.dimension());
    if (x.count() < 2 || components < 1 || components > most) {
      throw new IllegalArgumentException(
          "%d components of %d points with %d coordinates: at least 2 points and 1 to %d components"
                  .formatted(components, x.count(), x.dimension(), most)
              + " are needed");
    }
    double[] mean = mean(x);
    double[] centred = centred(x, mean);
    double total = 0;
    for (double v : centred) {
      total += v * v / (x.count() - 1);
    }
    var svd = decompose(new DMatrixRMaj(x.count(), x.dimension(), true, centred));
    double[] sigma = Arrays.copyOf(svd.getSingularValues(), svd.numberOfSingularValues());
    Integer[] order = new Integer[sigma.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.<Integer>comparingDouble(k -> -sigma[k])); // EJML's is arbitrary
    DMatrixRMaj v = svd.getV(null, true);
    double[] rows = new double[components * x.dimension()];
    double[] variance = new double[components];
    double[] ratio = new double[components];
    for (int k = 0; k < components; k++) {
      double[] row = Arrays.copyOfRange(v.data, order[k] * v.numCols, (order[k] + 1) * v.numCols);
      point(row);
      System.arraycopy(row, 0, rows, k * row.length, row.length);
      variance[k] = sigma[order[k]] * sigma[order[k]] / (x.count() - 1);
      ratio[k] = total == 0 ? 0 : variance[k] / total;
    }
    return new Pca(mean, new Points(components, x.dimension(), rows), variance, ratio);
  }

  /**
   * EJML's plain classes run on one thread and use + − × ÷ √, the same on every machine; only after
   * 15 steps that brought a singular value no nearer would they rotate by a random angle, whose
   * sine is Math's.
   */
  private static SvdImplicitQrDecompose_DDRM decompose(DMatrixRMaj centred) {
    var svd = new SvdImplicitQrDecompose_DDRM(true, false, true, true);
    if (!svd.decompose(centred)) {
      throw new ArithmeticException(
          "no singular value decomposition of a %d × %d matrix was found; are its values finite?"
              .formatted(centred.numRows, centred.numCols));
    }
    return svd;
  }

  private static double[] mean(Points x) {
    double[] mean = new double[x.dimension()];
    for (int i = 0; i < x.values().length; i++) {
      mean[i % mean.length] += x.values()[i];
    }
    for (int k = 0; k < mean.length; k++) {
      mean[k] /= x.count();
    }
    return mean;
  }

  private static double[] centred(Points x, double[] mean) {
    double[] centred = x.values().clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean[i % mean.length];
    }
    return centred;
  }

  /** Turns a direction so that its largest entry is positive. */
  private static void point(double[] v) {
    int largest = 0;
    for (int i = 1; i < v.length; i++) {
      if (Math.abs(v[i]) > Math.abs(v[largest])) {
        largest = i;
      }
    }
    if (v[largest] < 0) {
      for (int i = 0; i < v.length; i++) {
        v[i] = -v[i];
      }
    }
  }

  /** s_k = (x − mean)·v_k of each point: [points, components]. */
  public Points project(Points x) {
    need(x, mean.length);
    double[] centred = centred(x, mean);
    int c = components.count();
    double[] scores = new double[x.count() * c];
    for (int i = 0; i < scores.length; i++) {
      for (int d = 0; d < mean.length; d++) {
        scores[i] += centred[i / c * mean.length + d] * components.at(i % c, d);
      }
    }
    return new Points(x.count(), c, scores);
  }

  /** mean + Σ_k s_k·v_k of each row of scores: [rows, dimension]. */
  public Points reconstruct(Points scores) {
    need(scores, components.count());
    double[] x = new double[scores.count() * mean.length];
    for (int i = 0; i < x.length; i++) {
      int d = i % mean.length;
      double sum = mean[d];
      for (int k = 0; k < components.count(); k++) {
        sum += scores.at(i / mean.length, k) * components.at(k, d);
      }
      x[i] = sum;
    }
    return new Points(scores.count(), mean.length, x);
  }

  private static void need(Points given, int dimension) {
    if (given.dimension() != dimension) {
      throw new IllegalArgumentException(
          "points with %d coordinates given, %d are needed"
              .formatted(given.dimension(), dimension));
    }
  }
}
