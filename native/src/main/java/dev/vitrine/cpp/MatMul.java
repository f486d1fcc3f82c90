package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;
import org.jspecify.annotations.Nullable;

final class MatMul {
  private MatMul() {}

  static void matmul(
      Call call,
      Team.Member member,
      boolean ta,
      boolean tb,
      Tensor a,
      Tensor b,
      @Nullable Tensor bias,
      Tensor y) {
    throw new UnsupportedOperationException("matmul");
  }
}
