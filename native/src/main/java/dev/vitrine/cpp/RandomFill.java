package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class RandomFill {
  private RandomFill() {}

  static void random(
      Call call,
      Team.Member member,
      Draw draw,
      long seed,
      int stream,
      float p,
      Tensor clock,
      Tensor y) {
    throw new UnsupportedOperationException("random");
  }
}
