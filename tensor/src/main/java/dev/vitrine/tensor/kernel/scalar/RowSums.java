package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.math.Exp;

/** y[r] = Σ_j x[r, j]: 64 strided partials (16 if there are fewer terms), then a fixed tree. */
final class RowSums {
  private static final int PARTIALS = 64;
  private static final int FEW = 16;

  private RowSums() {}

  static void sumRows(Tensor x, Tensor y) {
    long rows = y.size();
    long n = rows == 0 ? 0 : x.size() / rows;
    for (long r = 0; r < rows; r++) {
      y.put(r, sum(x, r * n, n));
    }
  }

  /** Σ x over {@code n} elements from {@code from} on. */
  static float sum(Tensor x, long from, long n) {
    return tree(false, 0, x, from, n, 0, 1, partials(n));
  }

  /** Σ exp(x − m) over {@code n} elements from {@code from} on. */
  static float sumExp(float m, Tensor x, long from, long n) {
    return tree(true, m, x, from, n, 0, 1, partials(n));
  }

  private static int partials(long n) {
    return n < PARTIALS ? FEW : PARTIALS;
  }

  /**
   * The terms {@code first}, {@code first + step}, {@code first + 2·step}, …: one partial if the
   * step is as wide as there are partials, else every other one of them plus those between.
   */
  private static float tree(
      boolean exp, float m, Tensor x, long from, long n, int first, int step, int partials) {
    if (step == partials) {
      float chain = 0;
      for (long j = first; j < n; j += step) {
        chain += exp ? Exp.exp(x.at(from + j) - m) : x.at(from + j);
      }
      return chain;
    }
    return tree(exp, m, x, from, n, first, 2 * step, partials)
        + tree(exp, m, x, from, n, first + step, 2 * step, partials);
  }
}
