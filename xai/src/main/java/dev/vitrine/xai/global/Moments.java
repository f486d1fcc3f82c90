package dev.vitrine.xai.global;

/** mean, √(Σ(v − mean)²/n) and √(Σ(v − mean)²/(n(n − 1))) of numbers, summed in their order. */
record Moments(int count, double mean, double squares) {
  static Moments of(double... values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double v : values) {
      squares += (v - mean) * (v - mean);
    }
    return new Moments(values.length, mean, squares);
  }

  /** Of the numbers themselves. */
  double deviation() {
    return Math.sqrt(squares / count);
  }

  /** Of what they were drawn from; NaN if there is only one. */
  double sampleDeviation() {
    return Math.sqrt(sampleVariance());
  }

  double sampleVariance() {
    return squares / (count - 1);
  }

  /** Of the mean; NaN if there is only one. */
  double standardError() {
    return Math.sqrt(sampleVariance() / count);
  }
}
