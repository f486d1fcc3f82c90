package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import java.util.Objects;

/** y[o, j, i] = x[o, index(o, j, i), i], and its transpose. */
final class GatherScatter {
  private GatherScatter() {}

  static void gather(Fold f, Tensor x, Tensor index, Tensor y) {
    long columns = (long) f.outer() * f.inner();
    int m = columns == 0 ? 0 : (int) (y.size() / columns);
    long yi = 0;
    for (int o = 0; o < f.outer(); o++) {
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < f.inner(); i++) {
          y.putInt(yi++, x.intAt(at(f, o, index(index, f, m, o, j, i), i)));
        }
      }
    }
  }

  /** For each element of dx one chain from +0, j ascending. */
  static void scatter(Fold f, Tensor dy, Tensor index, Tensor dx) {
    long columns = (long) f.outer() * f.inner();
    int m = columns == 0 ? 0 : (int) (dy.size() / columns);
    Elementwise.fill(0, dx);
    long yi = 0;
    for (int o = 0; o < f.outer(); o++) {
      for (int j = 0; j < m; j++) {
        for (int i = 0; i < f.inner(); i++) {
          long xi = at(f, o, index(index, f, m, o, j, i), i);
          dx.put(xi, dx.at(xi) + dy.at(yi++));
        }
      }
    }
  }

  /** m entries for all (o, i), or whole rows [R, m, inner] of which row o mod R serves row o. */
  private static int index(Tensor index, Fold f, int m, int o, int j, int i) {
    long row = (long) m * f.inner();
    long at = index.size() == m ? j : (o % (index.size() / row) * m + j) * f.inner() + i;
    return Objects.checkIndex(index.intAt(at), f.n());
  }

  private static long at(Fold f, int o, int j, int i) {
    return ((long) o * f.n() + j) * f.inner() + i;
  }
}
