package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;

/**
 * Sums and products along rows and columns.
 *
 * <p>A unit of work is a row, or {@value #STRIP} neighbouring columns.
 */
final class Sums {
  private static final int STRIP = 64;

  private Sums() {}

  static void sumRows(Call call, Team.Member member, Tensor x, Tensor y) {
    int rows = Math.toIntExact(y.size());
    long n = rows == 0 ? 0 : x.size() / rows;
    long from = member.from(rows, x.size());
    long to = member.to(rows, x.size());
    call.of(Kernel.SUM_ROWS).put(x, from * n).put(y, from).put(n).put(to - from).run();
  }

  static void sumColumns(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    columns(call.of(Kernel.SUM_COLUMNS), member, f, x, y).run();
  }

  static void product(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    columns(call.of(Kernel.PRODUCT), member, f, x, y).run();
  }

  static void productOfOthers(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    columns(call.of(Kernel.PRODUCT_OF_OTHERS), member, f, x, y).run();
  }

  static void cumulativeSum(
      Call call, Team.Member member, Fold f, boolean reverse, Tensor x, Tensor y) {
    columns(call.of(Kernel.CUMULATIVE_SUM), member, f, x, y).put(reverse).run();
  }

  private static Call columns(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    int units = strips(f);
    return call.put(x)
        .put(y)
        .put(f.n())
        .put(f.inner())
        .put(member.from(units, x.size()))
        .put(member.to(units, x.size()));
  }

  /** How many strips of columns there are. */
  static int strips(Fold f) {
    return Math.multiplyExact(f.outer(), Math.ceilDiv(f.inner(), STRIP));
  }
}
