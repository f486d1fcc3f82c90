package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.*;
import dev.vitrine.tensor.kernel.Kernels.*;

final class Elementwise {
  private Elementwise() {}

  static void fill(Call call, Team.Member member, float v, Tensor y) {
    long from = member.from(Math.toIntExact(y.size()), y.size());
    long to = member.to(Math.toIntExact(y.size()), y.size());
    call.of(Kernel.FILL).put(v).put(y, from).put(to - from).run();
  }

  static void copy(Call call, Team.Member member, Tensor x, Tensor y) {
    long from = member.from(Math.toIntExact(y.size()), y.size());
    long to = member.to(Math.toIntExact(y.size()), y.size());
    call.of(Kernel.COPY).put(x, from).put(y, from).put(to - from).run();
  }

  static void map(Call call, Team.Member member, Unary f, float p, float q, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("map");
  }

  static void zip(Call call, Team.Member member, Binary f, Tensor a, Tensor b, Tensor y) {
    throw new UnsupportedOperationException("zip");
  }

  static void select(Call call, Team.Member member, Tensor c, Tensor a, Tensor b, Tensor y) {
    throw new UnsupportedOperationException("select");
  }

  static void broadcast(Call call, Team.Member member, Tensor x, Tensor y) {
    throw new UnsupportedOperationException("broadcast");
  }
}
