package dev.vitrine.xai.metric;

import dev.vitrine.tensor.Philox;

/** Random numbers of metrics. */
final class Draws {
  /** Methods draw from other streams: a method and its judge may have the same seed. */
  private static final int STREAM = 0x6d74;

  private Draws() {}

  /** The key of the row of this number. */
  static long key(long seed, int number) {
    return Philox.pair(seed, 0, number, 0, STREAM, 0);
  }
}
