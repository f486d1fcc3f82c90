package dev.vitrine.xai.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * A·c = b with A = Σ_s w_s·z_s·z_sᵀ and b = Σ_s w_s·y_s·z_s: the weighted least squares fit of y_s
 * by z_s·c. Sums run over the samples in ascending order.
 *
 * <p>EJML's Cholesky decomposition solves it: plain arithmetic on one thread in a fixed order, so
 * its bits depend on the numbers alone.
 */
public final class NormalEquations {
  /** A pivot that is so much smaller than its diagonal element is rounding noise. */
  private static final double SINGULAR = 1e-12;

  /** Samples that are added at once: a row of the matrix stays in the cache meanwhile. */
  private static final int TOGETHER = 32;

  private final int columns;

  /** The upper triangle of A. */
  private final double[] matrix;

  private final double[] right;
  private final double[] weights = new double[TOGETHER];
  private final double[][] waiting = new double[TOGETHER][];
  private int count;

  /** For {@code columns} coefficients. */
  public NormalEquations(int columns) {
    this.columns = columns;
    this.matrix = new double[columns * columns];
    this.right = new double[columns];
    for (int t = 0; t < TOGETHER; t++) {
      waiting[t] = new double[columns];
    }
  }

  /** Adds a sample. */
  public void add(double weight, double[] z, double y) {
    System.arraycopy(z, 0, waiting[count], 0, columns);
    weights[count++] = weight;
    double wy = weight * y;
    for (int i = 0; i < columns; i++) {
      right[i] = Math.fma(wy, z[i], right[i]);
    }
    if (count == TOGETHER) {
      flush();
    }
  }

  /** Adds the waiting samples to A, four at a time; what is missing of the last four weighs 0. */
  private void flush() {
    for (int t = count; t < TOGETHER; t++) {
      weights[t] = 0;
    }
    for (int i = 0; i < columns; i++) {
      for (int t = 0; t < count; t += 4) {
        double[] z0 = waiting[t];
        double[] z1 = waiting[t + 1];
        double[] z2 = waiting[t + 2];
        double[] z3 = waiting[t + 3];
        addRow(
            i,
            weights[t] * z0[i],
            z0,
            weights[t + 1] * z1[i],
            z1,
            weights[t + 2] * z2[i],
            z2,
            weights[t + 3] * z3[i],
            z3);
      }
    }
    count = 0;
  }

  private void addRow(
      int i,
      double a0,
      double[] z0,
      double a1,
      double[] z1,
      double a2,
      double[] z2,
      double a3,
      double[] z3) {
    int row = i * columns;
    for (int j = i; j < columns; j++) {
      double sum = Math.fma(a0, z0[j], matrix[row + j]);
      sum = Math.fma(a1, z1[j], sum);
      sum = Math.fma(a2, z2[j], sum);
      matrix[row + j] = Math.fma(a3, z3[j], sum);
    }
  }

  /** Adds {@code penalty} to the diagonal element of a coefficient: ridge regression. */
  public void penalise(int coefficient, double penalty) {
    matrix[coefficient * columns + coefficient] += penalty;
  }

  /** The mean of A's diagonal: what its numbers are like. */
  public double size() {
    flush();
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += matrix[i * columns + i];
    }
    return sum / columns;
  }

  /** b, which is not to be changed. */
  public double[] right() {
    return right;
  }

  /** The solver of A·x = …; null if A is singular: the samples don't determine the fit. */
  public @Nullable Solver solver() {
    flush();
    var full = new DMatrixRMaj(columns, columns, true, matrix.clone());
    for (int i = 0; i < columns; i++) {
      for (int j = 0; j < i; j++) {
        full.set(i, j, full.get(j, i));
      }
    }
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.chol(columns);
    if (!cholesky.setA(full)) {
      return null;
    }
    CholeskyDecomposition_F64<DMatrixRMaj> factors = cholesky.getDecomposition();
    DMatrixRMaj l = factors.getT(null);
    for (int i = 0; i < columns; i++) {
      if (!(l.get(i, i) * l.get(i, i) > SINGULAR * matrix[i * columns + i])) {
        return null;
      }
    }
    return new Solver(cholesky, columns);
  }

  /** Solves A·x = b for any b. */
  public static final class Solver {
    private final LinearSolverDense<DMatrixRMaj> cholesky;
    private final int columns;

    private Solver(LinearSolverDense<DMatrixRMaj> cholesky, int columns) {
      this.cholesky = cholesky;
      this.columns = columns;
    }

    /** A⁻¹·b. */
    public double[] solve(double[] b) {
      var right = new DMatrixRMaj(columns, 1, true, b.clone());
      var x = new DMatrixRMaj(columns, 1);
      cholesky.solve(right, x);
      return x.data;
    }
  }
}
