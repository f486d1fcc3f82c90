package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Sums {
  private Sums() {}

  static void sumRows(Call call, Team.Member member, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("sumRows");
  }

  static void sumColumns(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("sumColumns");
  }

  static void product(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("product");
  }

  static void productOfOthers(Call call, Team.Member member, Fold f, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("productOfOthers");
  }

  static void cumulativeSum(
      Call call, Team.Member member, Fold f, boolean reverse, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("cumulativeSum");
  }
}
