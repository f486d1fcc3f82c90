package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.VECTOR;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * y[o, i] = Σ_j x[o, j, i], a chain for each column in chunks of 512: neighbouring columns are
 * lanes.
 */
final class ColumnSums {
  /** Columns that are summed at a time. */
  private static final int STRIP = 4 * WIDTH;

  private ColumnSums() {}

  static void sumColumns(Team.Member member, Fold f, Tensor x, Tensor y) {
    int strips = Math.ceilDiv(f.inner(), STRIP);
    long work = x.size();
    int to = member.to(f.outer() * strips, work);
    for (int unit = member.from(f.outer() * strips, work); unit < to; unit++) {
      int o = unit / strips;
      int i = unit % strips * STRIP;
      long column = x.address() + 4 * ((long) o * f.n() * f.inner() + i);
      strip(column, f.n(), f.inner(), i, y.address() + 4 * ((long) o * f.inner() + i));
    }
  }

  private static void strip(long x, int n, int inner, int i, long y) {
    long step = 4L * inner;
    int j = 0;
    do { // once even if there is nothing to sum: +0
      int k = Math.min(Cuts.CHUNK, n - j);
      if (i + STRIP <= inner) {
        chunk(x + j * step, step, k, y, j > 0);
      } else {
        for (int v = 0; i + v < inner; v += WIDTH) {
          chunk(x + j * step + 4L * v, step, k, y + 4L * v, j > 0, inner - i - v);
        }
      }
      j += k;
    } while (j < n);
  }

  private static void chunk(long x, long step, int k, long y, boolean add) {
    FloatVector chain0 = all(0);
    FloatVector chain1 = all(0);
    FloatVector chain2 = all(0);
    FloatVector chain3 = all(0);
    for (int j = 0; j < k; j++) {
      long at = x + j * step;
      chain0 = chain0.add(vector(at));
      chain1 = chain1.add(vector(at + VECTOR));
      chain2 = chain2.add(vector(at + 2 * VECTOR));
      chain3 = chain3.add(vector(at + 3 * VECTOR));
    }
    put(add ? vector(y).add(chain0) : chain0, y);
    put(add ? vector(y + VECTOR).add(chain1) : chain1, y + VECTOR);
    put(add ? vector(y + 2 * VECTOR).add(chain2) : chain2, y + 2 * VECTOR);
    put(add ? vector(y + 3 * VECTOR).add(chain3) : chain3, y + 3 * VECTOR);
  }

  /** The last columns. */
  private static void chunk(long x, long step, int k, long y, boolean add, int columns) {
    VectorMask<Float> m = Raw.first(columns);
    FloatVector chain = all(0);
    for (int j = 0; j < k; j++) {
      chain = chain.add(vector(x + j * step, m));
    }
    put(add ? vector(y, m).add(chain) : chain, y, m);
  }
}
