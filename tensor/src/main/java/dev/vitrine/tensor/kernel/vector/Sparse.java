package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * What a max pool sends back is 0 but for one pixel of each window. Gradients of the convolution
 * before it may leave those zeros out.
 *
 * <p>Such a term would have been fma(0, v, sum). Where v is finite, it changes nothing but −0,
 * which a sum becomes where a negative product underflows, to +0. From then on the two sums are
 * equal again as soon as anything is added to them, and if they never are, the one that left terms
 * out ends as −0. So v has to be finite, and what ends as −0 is computed with all terms.
 */
final class Sparse {
  /** Narrower vectors may lack the instruction that presses lanes together. */
  static final boolean POSSIBLE = WIDTH >= 8;

  private static final int EXPONENT = 0x7f800000;

  private Sparse() {}

  /** No infinity, no NaN among n floats. */
  static boolean finite(long x, long n) {
    IntVector largest = IntVector.zero(Lanes.I);
    long i = 0;
    for (; i <= n - WIDTH; i += WIDTH) {
      IntVector exponent = fromMemorySegment(F, ALL, x + 4 * i, ORDER).reinterpretAsInts();
      largest = largest.max(exponent.and(EXPONENT));
    }
    boolean all = largest.eq(EXPONENT).not().allTrue();
    for (; i < n; i++) {
      all &= Float.isFinite(Raw.get(x + 4 * i));
    }
    return all;
  }

  /** No −0 among n sums, a multiple of the vector's width. */
  static boolean sure(long sums, long n) {
    IntVector smallest = IntVector.zero(Lanes.I);
    for (long i = 0; i < n; i += WIDTH) {
      IntVector bits = fromMemorySegment(F, ALL, sums + 4 * i, ORDER).reinterpretAsInts();
      // −0 is the smallest of all ints
      smallest = smallest.min(bits);
    }
    return smallest.eq(Integer.MIN_VALUE).not().allTrue();
  }

  /**
   * Six vectors of sums, i = {@code first} and following of {@code count}, take the terms from …
   * end − 1 in order: the sum at {@code sums + to[i]} += share·x[place + of[i]], all distances in
   * bytes. Where there are fewer than six the last one is done again, to the same effect.
   */
  static void add(
      int[] places,
      float[] shares,
      int from,
      int end,
      long x,
      long[] of,
      long sums,
      long[] to,
      int first,
      int count) {
    int last = count - 1;
    int i1 = Math.min(first + 1, last);
    int i2 = Math.min(first + 2, last);
    int i3 = Math.min(first + 3, last);
    int i4 = Math.min(first + 4, last);
    int i5 = Math.min(first + 5, last);
    long x0 = x + of[first];
    long x1 = x + of[i1];
    long x2 = x + of[i2];
    long x3 = x + of[i3];
    long x4 = x + of[i4];
    long x5 = x + of[i5];
    long t0 = sums + to[first];
    long t1 = sums + to[i1];
    long t2 = sums + to[i2];
    long t3 = sums + to[i3];
    long t4 = sums + to[i4];
    long t5 = sums + to[i5];
    FloatVector s0 = fromMemorySegment(F, ALL, t0, ORDER);
    FloatVector s1 = fromMemorySegment(F, ALL, t1, ORDER);
    FloatVector s2 = fromMemorySegment(F, ALL, t2, ORDER);
    FloatVector s3 = fromMemorySegment(F, ALL, t3, ORDER);
    FloatVector s4 = fromMemorySegment(F, ALL, t4, ORDER);
    FloatVector s5 = fromMemorySegment(F, ALL, t5, ORDER);
    for (int i = from; i < end; i++) {
      long place = places[i];
      FloatVector share = FloatVector.broadcast(F, shares[i]);
      s0 = share.fma(fromMemorySegment(F, ALL, x0 + place, ORDER), s0);
      s1 = share.fma(fromMemorySegment(F, ALL, x1 + place, ORDER), s1);
      s2 = share.fma(fromMemorySegment(F, ALL, x2 + place, ORDER), s2);
      s3 = share.fma(fromMemorySegment(F, ALL, x3 + place, ORDER), s3);
      s4 = share.fma(fromMemorySegment(F, ALL, x4 + place, ORDER), s4);
      s5 = share.fma(fromMemorySegment(F, ALL, x5 + place, ORDER), s5);
    }
    s0.intoMemorySegment(ALL, t0, ORDER);
    s1.intoMemorySegment(ALL, t1, ORDER);
    s2.intoMemorySegment(ALL, t2, ORDER);
    s3.intoMemorySegment(ALL, t3, ORDER);
    s4.intoMemorySegment(ALL, t4, ORDER);
    s5.intoMemorySegment(ALL, t5, ORDER);
  }
}
