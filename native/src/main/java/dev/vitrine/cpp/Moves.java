package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Moves {
  private Moves() {}

  static void gather(Call call, Team.Member member, Fold f, Tensor x, Tensor index, Tensor y) {
    throw new UnsupportedOperationException("gather");
  }

  static void scatter(Call call, Team.Member member, Fold f, Tensor dy, Tensor index, Tensor dx) {
    throw new UnsupportedOperationException("scatter");
  }

  static void permute(Call call, Team.Member member, int[] axes, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("permute");
  }

  static void slice(
      Call call, Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("slice");
  }

  static void paste(
      Call call, Team.Member member, Fold f, int start, int step, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("paste");
  }
}
