package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Optimisers {
  private Optimisers() {}

  static void sgd(
      Call call,
      Team.Member member,
      Sgd s,
      Tensor w,
      Tensor g,
      Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor b1) {
    throw new UnsupportedOperationException("sgd");
  }

  static void adam(
      Call call,
      Team.Member member,
      Adam s,
      Tensor w,
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor top,
      Tensor rates,
      Tensor w1,
      Tensor m1,
      Tensor v1,
      Tensor top1) {
    throw new UnsupportedOperationException("adam");
  }

  static void rmsprop(
      Call call,
      Team.Member member,
      RmsProp s,
      Tensor w,
      Tensor g,
      Tensor v,
      Tensor mean,
      Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor v1,
      Tensor mean1,
      Tensor b1) {
    throw new UnsupportedOperationException("rmsprop");
  }

  static void adagrad(
      Call call,
      Team.Member member,
      Adagrad s,
      Tensor w,
      Tensor g,
      Tensor v,
      Tensor rates,
      Tensor w1,
      Tensor v1) {
    throw new UnsupportedOperationException("adagrad");
  }
}
