package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Stretched;
import org.jspecify.annotations.Nullable;

/** y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]), k ascending in chunks of 512. */
final class MatMul {
  private MatMul() {}

  static void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    Shape s = y.shape();
    int m = s.dim(-2);
    int n = s.dim(-1);
    int k = a.shape().dim(ta ? -2 : -1);
    long matrix = (long) m * n;
    for (long yi = 0; yi < y.size(); yi += matrix) {
      long ai = Stretched.offset(a.shape(), s, 2, yi / matrix);
      long bi = Stretched.offset(b.shape(), s, 2, yi / matrix);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          long row = ai + (ta ? i : (long) i * k);
          long column = bi + (tb ? (long) j * k : j);
          float dot = dot(k, a, row, ta ? m : 1, b, column, tb ? 1 : n);
          y.put(yi + (long) i * n + j, bias == null ? dot : dot + bias.at(j));
        }
      }
    }
  }

  /** Σ_l a[l]·b[l]; term l lies {@code l·step} behind the first one. */
  private static float dot(
      int k, Tensor a, long aFrom, int aStep, Tensor b, long bFrom, int bStep) {
    float total = Chunks.NOTHING;
    float chain = 0;
    for (int l = 0; l < k; l++) {
      if (Chunks.cuts(l)) {
        total += chain;
        chain = 0;
      }
      chain = Math.fma(a.at(aFrom + (long) l * aStep), b.at(bFrom + (long) l * bStep), chain);
    }
    return total + chain;
  }
}
