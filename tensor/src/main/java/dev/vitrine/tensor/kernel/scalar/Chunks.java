package dev.vitrine.tensor.kernel.scalar;

/**
 * Where long sums are cut (NUMERICS.md, part 3): chunks of 512 terms, or of as many whole runs as
 * fit.
 *
 * <p>A kernel keeps {@code total}, the chunks joined so far, and {@code chain}, the chunk being
 * summed. At a border: {@code total += chain; chain = 0}. At the end the result is {@code total +
 * chain}.
 */
final class Chunks {
  static final int LENGTH = 512;

  /**
   * The total before the first chunk. −0 + s = s for every s, even for −0, where +0 + −0 would be
   * +0; and where nothing takes part, −0 + (+0) is the +0 that the contract asks for.
   */
  static final float NOTHING = -0f;

  private Chunks() {}

  /** Whole runs (taps, output rows) of {@code length} terms in one chunk, at least one. */
  static int runs(int length) {
    return Math.max(1, LENGTH / Math.max(1, length));
  }

  /** The first run behind the chunk that holds {@code run}, with {@code runs} in each. */
  static int border(int run, int runs) {
    return (run / runs + 1) * runs;
  }

  /** True where a run that is itself too long is cut: at its terms 512, 1024, … */
  static boolean cuts(int term) {
    return term % LENGTH == 0 && term > 0;
  }
}
