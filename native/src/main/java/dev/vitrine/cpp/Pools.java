package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Pools {
  private Pools() {}

  static void maxPool2d(
      Call call, Team.Member member, Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    throw new UnsupportedOperationException("maxPool2d");
  }

  static void avgPool2d(
      Call call,
      Team.Member member,
      Window g,
      int kh,
      int kw,
      boolean countPad,
      Tensor x,
      Tensor y) {
    throw new UnsupportedOperationException("avgPool2d");
  }

  static void avgPool2dData(
      Call call,
      Team.Member member,
      Window g,
      int kh,
      int kw,
      boolean countPad,
      Tensor dy,
      Tensor dx) {
    throw new UnsupportedOperationException("avgPool2dData");
  }
}
