package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;

/** exp(x − m) / Σ exp(x − m) over the last axis, m = max x, and its logarithms. */
final class SoftmaxRows {
  /** Operations for each element, about. */
  private static final int COST = 8;

  private SoftmaxRows() {}

  static void softmax(Call call, Team.Member member, Tensor x, Tensor y) {
    rows(call.of(Kernel.SOFTMAX), member, x, y);
  }

  static void logSoftmax(Call call, Team.Member member, Tensor x, Tensor y) {
    rows(call.of(Kernel.LOG_SOFTMAX), member, x, y);
  }

  /** Rows of x to rows of y. */
  private static void rows(Call call, Team.Member member, Tensor x, Tensor y) {
    int n = row(x.shape());
    int rows = n == 0 ? 0 : Math.toIntExact(x.size() / n);
    long from = member.from(rows, x.size() * COST);
    long to = member.to(rows, x.size() * COST);
    call.put(x, from * n).put(y, from * n).put(to - from).put(n).run();
  }

  static void logSumExp(Call call, Team.Member member, Tensor x, Tensor y) {
    int n = row(x.shape());
    int rows = Math.toIntExact(y.size());
    long from = member.from(rows, x.size() * COST);
    long to = member.to(rows, x.size() * COST);
    call.of(Kernel.LOG_SUM_EXP).put(x, from * n).put(y, from).put(to - from).put(n).run();
  }

  private static int row(Shape s) {
    return s.rank() == 0 ? 1 : s.dim(-1);
  }
}
