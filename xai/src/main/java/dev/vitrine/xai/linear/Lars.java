package dev.vitrine.xai.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Least-angle regression: coefficients grow from zero along the direction that makes equal angles
 * with all active columns, and a column becomes active when its correlation with the residual
 * catches up (Efron, Hastie, Johnstone and Tibshirani 2004, section 2). Modified so that a
 * coefficient that reaches zero leaves, it walks the path of the lasso (section 3.1).
 */
public final class Lars {
  /** Correlations smaller than the first one by this factor are rounding noise. */
  private static final double NOTHING = 1e-12;

  private final double[][] z;
  private final boolean lasso;
  private final int columns;
  private final double[] correlations;
  private final double[] coefficients;
  private final List<Integer> active = new ArrayList<>();
  private final boolean[] excluded;
  private final List<double[]> steps = new ArrayList<>();

  private Lars(double[][] z, double[] y, boolean lasso) {
    this.z = z;
    this.lasso = lasso;
    this.columns = z[0].length;
    this.correlations = new double[columns];
    this.coefficients = new double[columns];
    this.excluded = new boolean[columns];
    for (int s = 0; s < z.length; s++) {
      for (int j = 0; j < columns; j++) {
        correlations[j] += z[s][j] * y[s];
      }
    }
  }

  /** The coefficients after each step, from zero to least squares. */
  public record Path(List<double[]> steps) {
    /** The columns with a coefficient after so many steps, in ascending order. */
    public int[] active(int count) {
      double[] c = steps.get(Math.min(count, steps.size() - 1));
      int[] found = new int[c.length];
      int n = 0;
      for (int j = 0; j < c.length; j++) {
        if (c[j] != 0) {
          found[n++] = j;
        }
      }
      return Arrays.copyOf(found, n);
    }
  }

  /**
   * The path of the fit of {@code y} by {@code z} [samples][columns].
   *
   * @param lasso whether coefficients that reach zero leave
   */
  public static Path path(double[][] z, double[] y, boolean lasso) {
    var lars = new Lars(z, y, lasso);
    lars.steps.add(lars.coefficients.clone());
    double first = lars.largest();
    boolean joins = true;
    while (lars.steps.size() <= 8 * lars.columns && lars.largest() > NOTHING * first) {
      if (joins && !lars.join()) {
        break;
      }
      double[] direction = lars.direction();
      if (direction == null) {
        // the column that just joined is a combination of others: it stays out
        lars.excluded[lars.active.removeLast()] = true;
        continue;
      }
      joins = lars.walk(direction);
      lars.steps.add(lars.coefficients.clone());
    }
    return new Path(lars.steps);
  }

  private double largest() {
    double largest = 0;
    for (int j = 0; j < columns; j++) {
      largest = excluded[j] ? largest : Math.max(largest, Math.abs(correlations[j]));
    }
    return largest;
  }

  /** The column that correlates most with the residual becomes active; false if there is none. */
  private boolean join() {
    int best = -1;
    for (int j = 0; j < columns; j++) {
      boolean free = !excluded[j] && !active.contains(j);
      if (free && (best < 0 || Math.abs(correlations[j]) > Math.abs(correlations[best]))) {
        best = j;
      }
    }
    if (best >= 0) {
      active.add(best);
    }
    return best >= 0;
  }

  /** d with Z_Aᵀ·Z_A·d = the signs of the correlations: all of them fall at the same speed. */
  private double @Nullable [] direction() {
    var gram = new NormalEquations(active.size());
    double[] row = new double[active.size()];
    for (double[] sample : z) {
      Arrays.setAll(row, i -> sample[active.get(i)]);
      gram.add(1, row, 0);
    }
    NormalEquations.Solver solver = gram.solver();
    double[] signs = new double[active.size()];
    Arrays.setAll(signs, i -> Math.signum(correlations[active.get(i)]));
    return solver == null ? null : solver.solve(signs);
  }

  /**
   * Goes until another column catches up, or a coefficient of the lasso reaches zero; true if one
   * is to join next.
   */
  private boolean walk(double[] direction) {
    double[] falls = new double[columns];
    for (double[] sample : z) {
      double along = 0;
      for (int i = 0; i < direction.length; i++) {
        along += sample[active.get(i)] * direction[i];
      }
      for (int j = 0; j < columns; j++) {
        falls[j] += sample[j] * along;
      }
    }
    double common = Math.abs(correlations[active.getFirst()]);
    for (int j : active) {
      common = Math.max(common, Math.abs(correlations[j]));
    }
    double length = common;
    for (int j = 0; j < columns; j++) {
      if (!excluded[j] && !active.contains(j)) {
        length = Math.min(length, meeting(common - correlations[j], 1 - falls[j]));
        length = Math.min(length, meeting(common + correlations[j], 1 + falls[j]));
      }
    }
    int leaving = -1;
    for (int i = 0; lasso && i < direction.length; i++) {
      double zero = -coefficients[active.get(i)] / direction[i];
      if (zero > 0 && zero < length) {
        length = zero;
        leaving = i;
      }
    }
    for (int i = 0; i < direction.length; i++) {
      coefficients[active.get(i)] += length * direction[i];
    }
    for (int j = 0; j < columns; j++) {
      correlations[j] -= length * falls[j];
    }
    if (leaving >= 0) {
      coefficients[active.get(leaving)] = 0;
      active.remove(leaving);
    }
    return leaving < 0;
  }

  /** Where two correlations meet: gap/speed; never if they don't approach. */
  private static double meeting(double gap, double speed) {
    return speed > 0 && gap > 0 ? gap / speed : Double.POSITIVE_INFINITY;
  }
}
