package dev.vitrine.cpp;

import dev.vitrine.tensor.kernel.Team;

/** A member's share of n elements, in whole cache lines: no two members write to one. */
final class Share {
  private static final int LINE = 16;

  private Share() {}

  /** The first element, where each takes {@code cost} elementary operations. */
  static long from(Team.Member member, long n, int cost) {
    return Math.min(n, (long) LINE * member.from(lines(n), n * cost));
  }

  /** One past the last element. */
  static long to(Team.Member member, long n, int cost) {
    return Math.min(n, (long) LINE * member.to(lines(n), n * cost));
  }

  private static int lines(long n) {
    return Math.toIntExact(Math.ceilDiv(n, LINE));
  }
}
