package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Stretched;
import dev.vitrine.tensor.kernel.Team;
import org.jspecify.annotations.Nullable;

/** y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]): a member's rows, matrix by matrix. */
final class MatMul {
  private MatMul() {}

  static void matmul(
      Call call,
      Team.Member member,
      boolean ta,
      boolean tb,
      Tensor a,
      Tensor b,
      @Nullable Tensor bias,
      @Nullable Activation f,
      Tensor y) {
    Shape shape = y.shape();
    int m = shape.dim(-2);
    int n = shape.dim(-1);
    int k = a.shape().dim(ta ? -2 : -1);
    long matrix = (long) m * n;
    int batches = matrix == 0 ? 0 : (int) (y.size() / matrix);
    long work = y.size() * k;
    int from = member.from(batches * m, work);
    int to = member.to(batches * m, work);
    for (int row = from; row < to; ) {
      int batch = row / m;
      int first = row - batch * m;
      int rows = Math.min(m, first + to - row) - first;
      call.of(Kernel.MATMUL)
          .put(a, Stretched.offset(a.shape(), shape, 2, batch) + (ta ? first : (long) first * k))
          .put(ta ? m : k)
          .put(ta)
          .put(b, Stretched.offset(b.shape(), shape, 2, batch))
          .put(tb ? k : n)
          .put(tb)
          .put(bias)
          .put(y, batch * matrix + (long) first * n)
          .put(n)
          .put(rows)
          .put(n)
          .put(k)
          .put(f)
          .run();
      row += rows;
    }
  }
}
