package dev.vitrine.tensor.kernel.vector;

/** Which taps of a window, at start, start + d, …, lie inside [0, extent): they are neighbours. */
final class Windows {
  private Windows() {}

  /** The first tap that is not before 0. */
  static int first(int start, int d, int taps) {
    return start >= 0 ? 0 : Math.min(taps, Math.ceilDiv(-start, d));
  }

  /** One past the last tap before {@code extent}. */
  static int last(int start, int d, int taps, int extent) {
    return Math.clamp(Math.ceilDiv(extent - start, d), 0, taps);
  }

  /** How many taps lie inside. */
  static int count(int start, int d, int taps, int extent) {
    return Math.max(0, last(start, d, taps, extent) - first(start, d, taps));
  }
}
