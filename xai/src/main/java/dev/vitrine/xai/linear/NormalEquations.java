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

  private final double[] matrix;
  private final double[] right;
  private final int columns;

  /** For {@code columns} coefficients. */
  public NormalEquations(int columns) {
    this.columns = columns;
    this.matrix = new double[columns * columns];
    this.right = new double[columns];
  }

  /** Adds a sample. Coefficients whose z is 0 cost nothing. */
  public void add(double weight, double[] z, double y) {
    double wy = weight * y;
    for (int i = 0; i < columns; i++) {
      double wz = weight * z[i];
      if (wz != 0) {
        right[i] += wy * z[i];
        int row = i * columns;
        for (int j = i; j < columns; j++) {
          matrix[row + j] += wz * z[j];
        }
      }
    }
  }

  /** Adds {@code penalty} to the diagonal element of a coefficient: ridge regression. */
  public void penalise(int coefficient, double penalty) {
    matrix[coefficient * columns + coefficient] += penalty;
  }

  /** b. */
  public double[] right() {
    return right;
  }

  /** The solver of A·x = …; null if A is singular: the samples don't determine the fit. */
  public @Nullable Solver solver() {
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
