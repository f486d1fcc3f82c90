package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;

/** Rows of {@code inner} neighbours in new places, bit by bit, so for both kinds. */
final class Moves {
  private Moves() {}

  /** y[o, j, i] = x[o, start + j·step, i]. */
  static void slice(Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    int count = count(f, y);
    int units = f.outer() * count;
    int to = member.to(units, y.size());
    for (int unit = member.from(units, y.size()); unit < to; unit++) {
      int j = start + unit % count * step;
      long from = x.address() + 4 * ((long) (unit / count) * f.n() + j) * f.inner();
      Raw.copy(from, y.address() + 4L * unit * f.inner(), f.inner());
    }
  }

  /** y[o, start + j·step, i] = x[o, j, i]. */
  static void paste(Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    int count = count(f, x);
    int units = f.outer() * count;
    int to = member.to(units, x.size());
    for (int unit = member.from(units, x.size()); unit < to; unit++) {
      int j = start + unit % count * step;
      long at = y.address() + 4 * ((long) (unit / count) * f.n() + j) * f.inner();
      Raw.copy(x.address() + 4L * unit * f.inner(), at, f.inner());
    }
  }

  private static int count(Fold f, Tensor t) {
    long columns = (long) f.outer() * f.inner();
    return columns == 0 ? 0 : Math.toIntExact(t.size() / columns);
  }
}
