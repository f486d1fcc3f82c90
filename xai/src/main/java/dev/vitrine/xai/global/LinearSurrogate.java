package dev.vitrine.xai.global;

import dev.vitrine.nn.metric.Regression;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.linear.NormalEquations;

/**
 * f(x) ≈ b + w·x over a data set: ridge regression, min Σ(f(x) − b − w·x)² + penalty·‖w‖².
 *
 * @param weights of each element of a row, in units of f per unit of x
 * @param deviations of each element in the data: weight·deviation compares elements of other units
 * @param intercept b
 * @param fidelity R² on the data it was fitted to: how much of f it explains
 */
public record LinearSurrogate(
    double[] weights, double[] deviations, double intercept, double fidelity) {

  /** Fitted to the explained number of rows {@code x} [n, …]. */
  public static LinearSurrogate fit(Subject subject, Tensor x, Target target, double penalty) {
    if (!(penalty >= 0)) {
      throw new IllegalArgumentException("penalty: " + penalty + " given, 0 or more is needed");
    }
    Rows rows = Rows.of(x);
    double[] f = explained(subject, x, target);
    int d = rows.width();
    double[] means = new double[d];
    double[] deviations = new double[d];
    for (int j = 0; j < d; j++) {
      Moments m = Moments.of(rows.column(Feature.of(j)));
      means[j] = m.mean();
      deviations[j] = m.deviation();
    }
    double mean = Moments.of(f).mean();
    var equations = new NormalEquations(d);
    double[] z = new double[d];
    for (int r = 0; r < rows.count(); r++) {
      for (int j = 0; j < d; j++) {
        z[j] = rows.values()[r * d + j] - means[j];
      }
      equations.add(1, z, f[r] - mean);
    }
    for (int j = 0; j < d; j++) {
      equations.penalise(j, penalty);
    }
    NormalEquations.Solver solver = equations.solver();
    if (solver == null) {
      throw new IllegalArgumentException(
          "%d rows don't determine %d weights: give a penalty above %s, or leave out features"
                  .formatted(rows.count(), d, penalty)
              + " that others determine");
    }
    double[] w = solver.solve(equations.right());
    double intercept = mean;
    for (int j = 0; j < d; j++) {
      intercept -= w[j] * means[j];
    }
    var fitted = new LinearSurrogate(w, deviations, intercept, Double.NaN);
    return new LinearSurrogate(w, deviations, intercept, Regression.r2(fitted.predict(x), f));
  }

  /** b + w·x of rows [n, …]. */
  public double[] predict(Tensor x) {
    Rows rows = Rows.of(x);
    if (rows.width() != weights.length) {
      throw new IllegalArgumentException(
          "rows of %d elements: this was fitted to rows of %d"
              .formatted(rows.width(), weights.length));
    }
    double[] y = new double[rows.count()];
    for (int r = 0; r < y.length; r++) {
      y[r] = intercept;
      for (int j = 0; j < weights.length; j++) {
        y[r] += weights[j] * rows.values()[r * weights.length + j];
      }
    }
    return y;
  }

  /** R² on other rows: 1 if it says the same as the predictor, 0 if no more than its mean. */
  public double fidelity(Subject subject, Tensor x, Target target) {
    return Regression.r2(predict(x), explained(subject, x, target));
  }

  static double[] explained(Subject subject, Tensor x, Target target) {
    try (Question q = Question.of(subject, x, 0, target)) {
      float[] f = q.explained();
      double[] wide = new double[f.length];
      for (int r = 0; r < f.length; r++) {
        wide[r] = f[r];
      }
      return wide;
    }
  }
}
