package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;
import org.jspecify.annotations.Nullable;

final class Convolution {
  private Convolution() {}

  static void conv2d(
      Call call,
      Team.Member member,
      Window g,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y) {
    throw new UnsupportedOperationException("conv2d");
  }

  static void conv2dData(Call call, Team.Member member, Window g, Tensor dy, Tensor w, Tensor dx) {
    throw new UnsupportedOperationException("conv2dData");
  }

  static void conv2dWeights(
      Call call, Team.Member member, Window g, Tensor x, Tensor dy, Tensor dw) {
    throw new UnsupportedOperationException("conv2dWeights");
  }
}
