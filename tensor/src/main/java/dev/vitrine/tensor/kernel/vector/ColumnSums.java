package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static dev.vitrine.tensor.kernel.vector.Raw.VECTOR;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
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

  /** db[o] = Σ_{n, oh, ow} dy[n, oh, ow, o]: a chunk of the pixels after the other. */
  static void sumPixels(Scratch s, Team.Member member, Gradient dy, Tensor db) {
    int inner = dy.channels();
    int strips = Math.ceilDiv(inner, STRIP);
    int n = dy.images() * dy.height() * dy.width();
    long work = (long) n * inner;
    int from = member.from(strips, work);
    int to = member.to(strips, work);
    for (int j = 0; from < to && (j == 0 || j < n); j += Cuts.CHUNK) {
      int k = Math.min(Cuts.CHUNK, n - j);
      int row = j / dy.width();
      long rows = dy.rows(row, Math.ceilDiv(j + k, dy.width()));
      long x = rows + 4L * (j - row * dy.width()) * inner;
      for (int i = from * STRIP; i < Math.min(inner, to * STRIP); i += STRIP) {
        chunk(s, x + 4L * i, inner, k, inner - i, j == 0, db.address() + 4L * i);
      }
    }
  }

  private static void strip(Scratch s, long x, int n, int inner, int i, long y) {
    for (int j = 0; j == 0 || j < n; j += Cuts.CHUNK) { // once even if there is nothing to sum: +0
      int k = Math.min(Cuts.CHUNK, n - j);
      chunk(s, x + 4L * j * inner, inner, k, inner - i, j == 0, y);
    }
  }

  /**
   * y = or += the sums of k rows: of a strip, or of the {@code left} columns if there are fewer.
   */
  private static void chunk(Scratch s, long x, int inner, int k, int left, boolean store, long y) {
    long step = 4L * inner;
    int columns = Math.min(STRIP, left);
    long sums = store ? y : s.rows.address(STRIP);
    if (columns == STRIP) {
      chunk(x, step, k, sums);
    } else {
      for (int v = 0; v < columns; v += WIDTH) {
        chunk(x + 4L * v, step, k, sums + 4L * v, columns - v);
      }
    }
    if (!store) {
      Product.addRow(sums, columns, y);
    }
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
      chain = chain.add(fromMemorySegment(F, ALL, x + j * step, ORDER, m)); // in full, as above
    }
    put(chain, y, m);
  }
}
