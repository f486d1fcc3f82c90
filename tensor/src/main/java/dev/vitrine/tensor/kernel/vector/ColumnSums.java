package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static dev.vitrine.tensor.kernel.vector.Raw.VECTOR;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

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

  static void sumColumns(Scratch s, Team.Member member, Fold f, Tensor x, Tensor y) {
    int strips = Math.ceilDiv(f.inner(), STRIP);
    long work = x.size();
    int to = member.to(f.outer() * strips, work);
    for (int unit = member.from(f.outer() * strips, work); unit < to; unit++) {
      int o = unit / strips;
      int i = unit % strips * STRIP;
      long column = x.address() + 4 * ((long) o * f.n() * f.inner() + i);
      strip(s, column, f.n(), f.inner(), i, y.address() + 4 * ((long) o * f.inner() + i));
    }
  }

  private static void strip(Scratch s, long x, int n, int inner, int i, long y) {
    long step = 4L * inner;
    int columns = Math.min(STRIP, inner - i);
    long sums = s.rows.address(STRIP);
    int j = 0;
    do { // once even if there is nothing to sum: +0
      int k = Math.min(Cuts.CHUNK, n - j);
      long into = j == 0 ? y : sums;
      if (columns == STRIP) {
        chunk(x + j * step, step, k, into);
      } else {
        for (int v = 0; v < columns; v += WIDTH) {
          chunk(x + j * step + 4L * v, step, k, into + 4L * v, columns - v);
        }
      }
      if (j > 0) {
        Product.addRow(sums, columns, y);
      }
      j += k;
    } while (j < n);
  }

  private static void chunk(long x, long step, int k, long y) {
    FloatVector chain0 = all(0);
    FloatVector chain1 = all(0);
    FloatVector chain2 = all(0);
    FloatVector chain3 = all(0);
    for (int j = 0; j < k; j++) {
      long at = x + j * step;
      // in full: inside a large caller C2 inlines the Vector API, but no longer our own short names
      // for it
      chain0 = chain0.add(fromMemorySegment(F, ALL, at, ORDER));
      chain1 = chain1.add(fromMemorySegment(F, ALL, at + VECTOR, ORDER));
      chain2 = chain2.add(fromMemorySegment(F, ALL, at + 2 * VECTOR, ORDER));
      chain3 = chain3.add(fromMemorySegment(F, ALL, at + 3 * VECTOR, ORDER));
    }
    put(chain0, y);
    put(chain1, y + VECTOR);
    put(chain2, y + 2 * VECTOR);
    put(chain3, y + 3 * VECTOR);
  }

  /** The last columns. */
  private static void chunk(long x, long step, int k, long y, int columns) {
    VectorMask<Float> m = Raw.first(columns);
    FloatVector chain = all(0);
    for (int j = 0; j < k; j++) {
      chain = chain.add(vector(x + j * step, m));
    }
    put(chain, y, m);
  }
}
