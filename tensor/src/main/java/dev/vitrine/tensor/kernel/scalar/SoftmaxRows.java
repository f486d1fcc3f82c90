package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Stretched;
import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Log;

/** exp(x − m) / Σ exp(x − m) over the last axis, m = max x, and its logarithms. */
final class SoftmaxRows {
  private SoftmaxRows() {}

  /** A row whose largest element is infinite or NaN becomes NaN. */
  static void softmax(Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    for (long row = 0; row < x.size(); row += n) {
      float m = Extrema.max(x, row, n);
      float sum = RowSums.sumExp(m, x, row, n);
      for (int j = 0; j < n; j++) {
        y.put(row + j, Exp.exp(x.at(row + j) - m) / sum);
      }
    }
  }

  /** A row whose largest element is infinite or NaN becomes NaN. */
  static void logSoftmax(Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    for (long row = 0; row < x.size(); row += n) {
      float m = Extrema.max(x, row, n);
      float log = Log.log(RowSums.sumExp(m, x, row, n));
      for (int j = 0; j < n; j++) {
        y.put(row + j, (x.at(row + j) - m) - log);
      }
    }
  }

  /** With m = 0 in place of an infinite one, rows of −∞ give −∞ and rows with +∞ give +∞. */
  static void logSumExp(Tensor x, Tensor y) {
    int n = Stretched.row(x.shape());
    for (long r = 0; r < y.size(); r++) {
      float max = Extrema.max(x, r * n, n);
      float m = Float.isInfinite(max) ? 0 : max;
      y.put(r, m + Log.log(RowSums.sumExp(m, x, r * n, n)));
    }
  }
}
