package dev.vitrine.nn.metric;

import java.util.HashMap;
import java.util.Map;

/**
 * (S − E)/(½(A + B) − E): how far two partitions of the same things agree, 1 for equal ones, about
 * 0 for unrelated ones. Hubert and Arabie 1985.
 *
 * <p>S: pairs that are together in both partitions, A and B: pairs that are together in the one and
 * in the other, E = A·B/C(n, 2): what S would be by chance. Names of the parts don't matter.
 */
public final class AdjustedRandIndex {
  private AdjustedRandIndex() {}

  /**
   * Of two partitions; thing i is in parts {@code a[i]} and {@code b[i]}. It is 1 where both are
   * one part, or both parts of one.
   */
  public static double of(int[] a, int[] b) {
    Counts.same("parts", a.length, b.length);
    var both = new HashMap<Long, Integer>();
    var first = new HashMap<Long, Integer>();
    var second = new HashMap<Long, Integer>();
    for (int i = 0; i < a.length; i++) {
      both.merge((long) a[i] << 32 | b[i] & 0xFFFFFFFFL, 1, Integer::sum);
      first.merge((long) a[i], 1, Integer::sum);
      second.merge((long) b[i], 1, Integer::sum);
    }
    double inFirst = pairs(first);
    double inSecond = pairs(second);
    double all = pairs(a.length);
    double expected = all == 0 ? 0 : inFirst * inSecond / all;
    double most = (inFirst + inSecond) / 2;
    return most == expected ? 1 : (pairs(both) - expected) / (most - expected);
  }

  /** Pairs of things that are together. */
  private static double pairs(Map<Long, Integer> sizes) {
    long sum = 0; // whole numbers, so the order of the map doesn't matter
    for (int size : sizes.values()) {
      sum += pairs(size);
    }
    return sum;
  }

  private static long pairs(int size) {
    return (long) size * (size - 1) / 2;
  }
}
