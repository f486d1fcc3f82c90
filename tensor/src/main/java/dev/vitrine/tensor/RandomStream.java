package dev.vitrine.tensor;

/**
 * Random numbers one after the other, in binary64, for arithmetic on the host: draw i is Philox at
 * counter (i, high word of i, step, stream).
 *
 * <p>Not for many threads at once: give each its own stream.
 */
public final class RandomStream {
  private final long seed;
  private final int stream;
  private final int step;
  private long next;

  /** The sequence that (seed, stream, step) names, from its first draw on. */
  public RandomStream(long seed, int stream, int step) {
    this.seed = seed;
    this.stream = stream;
    this.step = step;
  }

  private long draw(int half) {
    return Philox.pair(seed, (int) next, (int) (next >>> 32), step, stream, half);
  }

  /** Uniform in [0, 1), 53 random bits. */
  public double uniform() {
    double u = Philox.uniform53(draw(0));
    next++;
    return u;
  }

  /**
   * Standard normal by Box and Muller, the cosine half; the largest value is √(106 log 2) ≈ 8.57.
   */
  public double normal() {
    double u1 = Philox.uniform53(draw(0)) + 0x1p-53;
    double u2 = Philox.uniform53(draw(1));
    next++;
    return Math.sqrt(-2 * StrictMath.log(u1)) * StrictMath.cos(2 * Math.PI * u2);
  }

  /**
   * A whole number in [0, bound); 64 bits are multiplied down to it, so no result is favoured by
   * more than bound / 2⁶⁴.
   */
  public int below(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "a draw below " + bound + " is impossible: the bound must be at least 1");
    }
    long n = Math.unsignedMultiplyHigh(draw(0), bound);
    next++;
    return (int) n;
  }
}
