package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Team;

/** Random numbers: a unit of work is a block of four of them. */
final class RandomFill {
  /** Elements of a row that share a block. */
  private static final int BLOCK = 4;

  /** Operations for each element, about. */
  private static final int COST = 32;

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
    int rows = y.shape().rank() == 0 ? 1 : y.shape().dim(0);
    long n = rows == 0 ? 0 : y.size() / rows;
    int blocks = Math.toIntExact(rows * Math.ceilDiv(n, BLOCK));
    call.of(Kernel.RANDOM)
        .put(clock)
        .put(y)
        .put(draw.ordinal())
        .put(seed)
        .put(p)
        .put(stream)
        .put(n)
        .put(member.from(blocks, COST * y.size()))
        .put(member.to(blocks, COST * y.size()))
        .run();
  }
}
