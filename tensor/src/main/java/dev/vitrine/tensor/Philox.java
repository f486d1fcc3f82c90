package dev.vitrine.tensor;

import dev.vitrine.tensor.kernel.math.Log;
import dev.vitrine.tensor.kernel.math.Trig;

/**
 * Philox 4x32-10: four random words as a function of (key, counter), with no state to carry along.
 *
 * <p>Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC'11), section 3.3.
 * The key is the seed's low and high word; the counter words are (element of the row / 4, row,
 * step, stream), as part 7 of the numerical contract says. So a value depends on its own
 * coordinates and on nothing else: not on batch size, order, threads or backend.
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private static final long UNSIGNED = 0xFFFFFFFFL;
  private static final float TWO_PI = 6.2831855f;

  private Philox() {}

  /**
   * Two of the four result words, the earlier one in the low half: words 0 and 1 for {@code half}
   * 0, words 2 and 3 for {@code half} 1.
   */
  public static long pair(long seed, int c0, int c1, int c2, int c3, int half) {
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = (MULTIPLIER_0 & UNSIGNED) * (c0 & UNSIGNED);
      long p1 = (MULTIPLIER_1 & UNSIGNED) * (c2 & UNSIGNED);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    int low = half == 0 ? c0 : c2;
    long high = half == 0 ? c1 : c3;
    return (high << 32) | (low & UNSIGNED);
  }

  /** Result word {@code which} (0 to 3). */
  public static int word(long seed, int c0, int c1, int c2, int c3, int which) {
    return (int) (pair(seed, c0, c1, c2, c3, which >> 1) >>> (32 * (which & 1)));
  }

  /** Uniform in [0, 1): the word's upper 24 bits over 2²⁴, so every value is exact in float32. */
  public static float uniform(int word) {
    return (word >>> 8) * 0x1p-24f;
  }

  /** Uniform in [0, 1): the upper 53 bits of two words over 2⁵³. */
  public static double uniform53(long pair) {
    return (pair >>> 11) * 0x1p-53;
  }

  /** Element {@code element} of row {@code row} of a uniform fill. */
  public static float uniformAt(long seed, int stream, int step, int row, long element) {
    return uniform(word(seed, (int) (element >>> 2), row, step, stream, (int) element & 3));
  }

  /**
   * Element {@code element} of row {@code row} of a standard normal fill.
   *
   * <p>Box and Muller (1958): neighbours share two uniforms; the even one is r·cos a, the odd one
   * r·sin a. The largest value is √(48 log 2) ≈ 5.77.
   */
  public static float normalAt(long seed, int stream, int step, int row, long element) {
    long pair = pair(seed, (int) (element >>> 2), row, step, stream, (int) (element >>> 1) & 1);
    return normal((int) pair, (int) (pair >>> 32), (element & 1) == 0);
  }

  /**
   * One of the two normals that come of two neighbouring words: r·cos a if {@code even}, else r·sin
   * a.
   */
  public static float normal(int word0, int word1, boolean even) {
    float u1 = ((word0 >>> 8) + 1) * 0x1p-24f;
    float r = (float) Math.sqrt(-2f * Log.log(u1));
    float a = TWO_PI * uniform(word1);
    return r * (even ? Trig.cos(a) : Trig.sin(a));
  }

  /**
   * Element {@code element} of row {@code row} of a dropout mask: 1/(1 − p) where u ≥ p, else +0.
   */
  public static float keepAt(float p, long seed, int stream, int step, int row, long element) {
    return uniformAt(seed, stream, step, row, element) >= p ? 1f / (1f - p) : 0f;
  }

  /**
   * Draw {@code index} of a sequence of whole numbers, uniform in [0, bound).
   *
   * <p>Lemire: Fast random integer generation in an interval (2019): multiply, and reject the 2³²
   * mod bound words that would favour some results. The draw's attempts have counters of their own,
   * so a rejection shifts no later draw.
   */
  public static int below(int bound, long seed, int stream, int step, int index) {
    if (bound <= 0) {
      throw new IllegalArgumentException(
          "a draw below " + bound + " is impossible: the bound must be at least 1");
    }
    int rejected = Integer.remainderUnsigned(-bound, bound);
    for (int attempt = 0; ; attempt++) {
      int word = word(seed, index, attempt >>> 2, step, stream, attempt & 3);
      long product = (word & UNSIGNED) * bound;
      if (Integer.compareUnsigned((int) product, rejected) >= 0) {
        return (int) (product >>> 32);
      }
    }
  }

  /** A permutation of 0 … n − 1, each equally likely: Fisher and Yates from the back. */
  public static int[] permutation(long seed, int stream, int step, int n) {
    var p = new int[n];
    for (int i = 0; i < n; i++) {
      p[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = below(i + 1, seed, stream, step, i);
      int t = p[i];
      p[i] = p[j];
      p[j] = t;
    }
    return p;
  }
}
