package dev.vitrine.bench.conformance;

import java.io.IOException;

/** |got − want| ≤ absolute + relative·|want| per element; both 0 for integers. */
record Tolerance(double absolute, double relative) {
  static final Tolerance EXACT = new Tolerance(0, 0);

  /**
   * The entry of an expected value for {@code precision} (float32 or float64), or what the format
   * prescribes without one.
   */
  static Tolerance of(Json expected, Numbers want, String precision) throws IOException {
    if (want.integer()) {
      return EXACT;
    }
    Json stated = expected.objectOrEmpty("tolerance").objectOrEmpty(precision);
    if (!stated.keys().isEmpty()) {
      return new Tolerance(stated.number("atol"), stated.number("rtol"));
    }
    double largest = 0;
    for (double v : want.values()) {
      largest = Math.max(largest, Math.abs(v));
    }
    return new Tolerance(1e-3 * largest, 1e-3);
  }

  /**
   * The error as a fraction of what is allowed: above 1 is too much, not-a-number is infinitely so.
   */
  double fraction(double got, double want) {
    if (got == want) {
      return 0;
    }
    double q = Math.abs(got - want) / (absolute + relative * Math.abs(want));
    return Double.isNaN(q) ? Double.POSITIVE_INFINITY : q;
  }
}
