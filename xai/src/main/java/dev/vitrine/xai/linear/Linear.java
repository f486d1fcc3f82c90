package dev.vitrine.xai.linear;

/**
 * y ≈ intercept + Σ c_j·z_j.
 *
 * @param coefficients of all columns; 0 for those that don't take part
 */
public record Linear(double[] coefficients, double intercept) {

  /** What it says of one sample. */
  public double of(double[] z) {
    double sum = intercept;
    for (int j = 0; j < coefficients.length; j++) {
      sum += coefficients[j] * z[j];
    }
    return sum;
  }

  /** R² = 1 − Σ w·(y − ŷ)²/Σ w·(y − ȳ)²; 1 if y is constant and met, as there is nothing else. */
  public double r2(double[][] z, double[] weights, double[] y) {
    double total = 0;
    double mean = 0;
    for (int s = 0; s < y.length; s++) {
      total += weights[s];
      mean += weights[s] * y[s];
    }
    mean /= total;
    double residual = 0;
    double variance = 0;
    for (int s = 0; s < y.length; s++) {
      double off = y[s] - of(z[s]);
      residual += weights[s] * off * off;
      variance += weights[s] * (y[s] - mean) * (y[s] - mean);
    }
    return variance == 0 ? (residual == 0 ? 1 : 0) : 1 - residual / variance;
  }
}
