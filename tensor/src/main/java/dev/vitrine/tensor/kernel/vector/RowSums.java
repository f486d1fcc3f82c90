package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.VECTOR;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.get;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import jdk.incubator.vector.FloatVector;

/**
 * y[r] = Σ_j x[r, j]: 64 strided partials (16 if there are fewer terms), then a fixed tree.
 *
 * <p>Neighbouring partials are lanes of a vector. The missing terms of the last round are +0, which
 * changes nothing: a chain from +0 is never −0.
 */
final class RowSums {
  /** Floats of working memory that a sum takes. */
  static final int PARTIALS = 64;

  private static final int FEW = 16;

  private RowSums() {}

  static void sumRows(Scratch s, Team.Member member, Tensor x, Tensor y) {
    int rows = Math.toIntExact(y.size());
    int n = rows == 0 ? 0 : Math.toIntExact(x.size() / rows);
    long partials = s.rows.address(PARTIALS);
    int to = member.to(rows, x.size());
    for (int r = member.from(rows, x.size()); r < to; r++) {
      put(sum(x.address() + 4L * r * n, n, partials), y.address() + 4L * r);
    }
  }

  /** Σ x over n floats. */
  static float sum(long x, int n, long partials) {
    if (n < PARTIALS) {
      for (int p = 0; p < FEW; p += WIDTH) {
        few(x, n, p, partials + 4L * p);
      }
    } else {
      for (int p = 0; p < PARTIALS; p += 4 * WIDTH) {
        many(x, n, p, partials + 4L * p);
      }
      halve(partials, 32);
      halve(partials, 16);
    }
    return eighths(partials, 0) + eighths(partials, 1);
  }

  /** A vector of partials out of 16. */
  private static void few(long x, int n, int p, long partials) {
    FloatVector chain = all(0);
    for (int j = p; j < n; j += FEW) {
      chain = chain.add(vector(x + 4L * j, Raw.first(n - j)));
    }
    put(chain, partials);
  }

  /** Four vectors of partials out of 64. */
  private static void many(long x, int n, int p, long partials) {
    FloatVector chain0 = all(0);
    FloatVector chain1 = all(0);
    FloatVector chain2 = all(0);
    FloatVector chain3 = all(0);
    int j = p;
    for (; j + 4 * WIDTH <= n; j += PARTIALS) {
      long at = x + 4L * j;
      chain0 = chain0.add(vector(at));
      chain1 = chain1.add(vector(at + VECTOR));
      chain2 = chain2.add(vector(at + 2 * VECTOR));
      chain3 = chain3.add(vector(at + 3 * VECTOR));
    }
    if (j < n) {
      long at = x + 4L * j;
      chain0 = chain0.add(vector(at, Raw.first(n - j)));
      chain1 = chain1.add(vector(at + VECTOR, Raw.first(n - j - WIDTH)));
      chain2 = chain2.add(vector(at + 2 * VECTOR, Raw.first(n - j - 2 * WIDTH)));
      chain3 = chain3.add(vector(at + 3 * VECTOR, Raw.first(n - j - 3 * WIDTH)));
    }
    put(chain0, partials);
    put(chain1, partials + VECTOR);
    put(chain2, partials + 2 * VECTOR);
    put(chain3, partials + 3 * VECTOR);
  }

  /** Partial j takes up partial j + n for all j < n. */
  private static void halve(long partials, int n) {
    for (int j = 0; j < n; j += WIDTH) {
      put(vector(partials + 4L * j).add(vector(partials + 4L * (j + n))), partials + 4L * j);
    }
  }

  // The rest of the tree: 16 partials, of which j takes up j + 8, then j + 4, then j + 2.

  private static float eighths(long p, int j) {
    return quarters(p, j) + quarters(p, j + 2);
  }

  private static float quarters(long p, int j) {
    return halves(p, j) + halves(p, j + 4);
  }

  private static float halves(long p, int j) {
    return get(p + 4L * j) + get(p + 4L * (j + 8));
  }
}
