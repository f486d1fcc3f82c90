package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import dev.vitrine.tensor.kernel.Team;
import org.jspecify.annotations.Nullable;

/** w' = w − rate · direction, element by element; every result may lie over its operand. */
final class Optimisers {
  /** Operations for each element, about. */
  private static final int COST = 8;

  private Optimisers() {}

  static void sgd(
      Call call,
      Team.Member member,
      Sgd s,
      Tensor w,
      Tensor g,
      @Nullable Tensor b,
      Tensor rates,
      Tensor w1,
      @Nullable Tensor b1) {
    long from = Share.from(member, w1.size(), COST);
    long to = Share.to(member, w1.size(), COST);
    call.of(Kernel.SGD).put(s.momentum()).put(s.dampening()).put(s.nesterov()).put(s.decay());
    call.put(w, from).put(g, from).put(b, from).put(rates);
    call.put(w1, from).put(b1, from).put(to - from).run();
  }

  static void adam(
      Call call,
      Team.Member member,
      Adam s,
      Tensor w,
      Tensor g,
      Tensor m,
      Tensor v,
      @Nullable Tensor top,
      Tensor rates,
      Tensor w1,
      Tensor m1,
      Tensor v1,
      @Nullable Tensor top1) {
    long from = Share.from(member, w1.size(), COST);
    long to = Share.to(member, w1.size(), COST);
    call.of(Kernel.ADAM).put(s.beta1()).put(s.beta2()).put(s.epsilon()).put(s.decay());
    call.put(s.decoupled());
    call.put(w, from).put(g, from).put(m, from).put(v, from).put(top, from).put(rates);
    call.put(w1, from).put(m1, from).put(v1, from).put(top1, from).put(to - from).run();
  }

  static void rmsprop(
      Call call,
      Team.Member member,
      RmsProp s,
      Tensor w,
      Tensor g,
      Tensor v,
      @Nullable Tensor mean,
      @Nullable Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor v1,
      @Nullable Tensor mean1,
      @Nullable Tensor b1) {
    long from = Share.from(member, w1.size(), COST);
    long to = Share.to(member, w1.size(), COST);
    call.of(Kernel.RMSPROP).put(s.alpha()).put(s.epsilon()).put(s.momentum()).put(s.decay());
    call.put(w, from).put(g, from).put(v, from).put(mean, from).put(b, from).put(rates);
    call.put(w1, from).put(v1, from).put(mean1, from).put(b1, from).put(to - from).run();
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
    long from = Share.from(member, w1.size(), COST);
    long to = Share.to(member, w1.size(), COST);
    call.of(Kernel.ADAGRAD).put(s.epsilon()).put(s.decay());
    call.put(w, from).put(g, from).put(v, from).put(rates);
    call.put(w1, from).put(v1, from).put(to - from).run();
  }
}
