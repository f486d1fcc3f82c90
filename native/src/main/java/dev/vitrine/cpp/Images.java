package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Images {
  private Images() {}

  static void interpolate(Call call, Team.Member member, Interpolation mode, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("interpolate");
  }

  static void interpolateData(
      Call call, Team.Member member, Interpolation mode, Tensor dy, Tensor dx) {
    throw new UnsupportedOperationException("interpolateData");
  }
}
