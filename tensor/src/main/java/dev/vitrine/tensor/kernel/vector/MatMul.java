package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Stretched;
import dev.vitrine.tensor.kernel.Team;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * y[…, i, j] = f(Σ_k a[…, i, k]·b[…, k, j] + bias[j]), bias and f if there are any: both operands
 * are read where they lie, if B's layout allows.
 */
final class MatMul {
  /**
   * Floats of B that are multiplied at a time: an eighth of a second-level cache, which also has to
   * hold A, C and the rows that packed ones come from.
   */
  private static final int BLOCK = 64 << 10;

  /**
   * The same if A has more floats than this: it is read again for each block and won't stay in the
   * cache.
   */
  private static final int LARGE = 256 << 10;

  private MatMul() {}

  static void matmul(
      Scratch s,
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
    s.product.cuts.every512(k);
    int from = member.from(batches * m, work);
    int to = member.to(batches * m, work);
    for (int row = from; row < to; ) { // the rows of y that are this member's, matrix by matrix
      int batch = row / m;
      int first = row - batch * m;
      int last = Math.min(m, first + to - row);
      long ai = 4 * Stretched.offset(a.shape(), shape, 2, batch);
      long bi = 4 * Stretched.offset(b.shape(), shape, 2, batch);
      s.product.left(a.segment(), ai, 4L * (ta ? m : k), ta);
      rows(s, first, last, n, k, tb, b, bi, bias, f, y.segment(), 4 * batch * matrix);
      row += last - first;
    }
  }

  private static void rows(
      Scratch s,
      int from,
      int to,
      int n,
      int k,
      boolean tb,
      Tensor b,
      long bi,
      @Nullable Tensor bias,
      @Nullable Activation f,
      MemorySegment y,
      long yi) {
    int floats = (long) (to - from) * k > LARGE ? LARGE : BLOCK;
    int block = Math.max(1, floats / Math.max(1, k * Panels.STRIP)) * Panels.STRIP;
    for (int j = 0; j < n; j += block) {
      int columns = Math.min(block, n - j);
      if (tb) {
        long panels = s.panels.address(Panels.size(k, columns));
        Panels.packTransposed(b.address() + bi + 4L * j * k, 4L * k, k, columns, panels, 0, k);
        s.product.right(panels, k);
      } else {
        right(s, b.address() + bi + 4L * j, 4L * n, to - from, k, columns);
      }
      s.product.then(address(bias, j), f);
      s.product.run(from, to, columns, y, yi + 4L * j, 4L * n);
    }
  }

  /**
   * B as it lies, but for the columns behind the last strip. All of it is copied where that pays:
   * for several tiles, if its rows straddle cache lines or if they are so far apart, at a multiple
   * of half a page, that a strip has only a few sets of the cache to itself.
   */
  private static void right(Scratch s, long b, long ldb, int rows, int k, int columns) {
    boolean straddles = (b | ldb) % Raw.VECTOR != 0;
    boolean crowded = ldb % 2048 == 0 && k * ldb > 4L * LARGE;
    int whole = rows > Panels.TILE && (straddles || crowded) ? 0 : Panels.whole(columns);
    long panels = s.panels.address(Panels.size(k, columns - whole));
    Panels.pack(b + 4L * whole, ldb, k, columns - whole, panels, 0, k);
    s.product.right(b, ldb, whole, panels, k);
  }

  private static long address(@Nullable Tensor bias, int j) {
    return bias == null ? Product.NO_BIAS : bias.address() + 4L * j;
  }
}
