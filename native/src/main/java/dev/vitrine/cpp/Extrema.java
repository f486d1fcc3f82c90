package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;

/** The largest and the smallest along an axis, and where. */
final class Extrema {
  private Extrema() {}

  static void max(Call call, Team.Member member, Fold f, Tensor x, Tensor y, Tensor index) {
    extremum(call, member, true, f, x, y, index);
  }

  static void min(Call call, Team.Member member, Fold f, Tensor x, Tensor y, Tensor index) {
    extremum(call, member, false, f, x, y, index);
  }

  private static void extremum(
      Call call, Team.Member member, boolean max, Fold f, Tensor x, Tensor y, Tensor index) {
    int units = Sums.strips(f);
    call.of(Kernel.EXTREMUM)
        .put(x)
        .put(y)
        .put(index)
        .put(f.n())
        .put(f.inner())
        .put(member.from(units, x.size()))
        .put(member.to(units, x.size()))
        .put(max)
        .run();
  }
}
