package dev.vitrine.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PhiloxTest {
  private static final long SEED = 0x1234_5678_9ABC_DEF0L;

  private static int[] words(long seed, int c0, int c1, int c2, int c3) {
    return IntStream.range(0, 4).map(i -> Philox.word(seed, c0, c1, c2, c3, i)).toArray();
  }

  /** Random123, kat_vectors, "philox4x32 10". */
  @Test
  void givesThePublishedKnownAnswers() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, words(0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, words(-1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        words(0x299f31d0_a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }

  /**
   * The paper's round in unbounded integers: (L, R) pairs, R' = high(M·R) ⊕ k ⊕ L, L' = low(M·R).
   */
  @Test
  void agreesWithTheRoundWrittenInUnboundedIntegers() {
    var stream = new RandomStream(3, 0, 0);
    for (int trial = 0; trial < 200; trial++) {
      int[] c = IntStream.range(0, 4).map(i -> (int) bits(stream)).toArray();
      long seed = bits(stream);
      assertArrayEquals(unbounded(seed, c), words(seed, c[0], c[1], c[2], c[3]));
    }
  }

  private static long bits(RandomStream stream) {
    long k = (long) (stream.uniform() * 0x1p53);
    return k * 0x9E3779B97F4A7C15L;
  }

  private static int[] unbounded(long seed, int[] counter) {
    var mask = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    var m0 = new BigInteger("D2511F53", 16);
    var m1 = new BigInteger("CD9E8D57", 16);
    var k0 = BigInteger.valueOf(seed).and(mask);
    var k1 = BigInteger.valueOf(seed).shiftRight(32).and(mask);
    var c = new BigInteger[4];
    Arrays.setAll(c, i -> BigInteger.valueOf(counter[i]).and(mask));
    for (int round = 0; round < 10; round++) {
      var p0 = m0.multiply(c[0]);
      var p1 = m1.multiply(c[2]);
      c =
          new BigInteger[] {
            p1.shiftRight(32).xor(c[1]).xor(k0),
            p1.and(mask),
            p0.shiftRight(32).xor(c[3]).xor(k1),
            p0.and(mask)
          };
      k0 = k0.add(new BigInteger("9E3779B9", 16)).and(mask);
      k1 = k1.add(new BigInteger("BB67AE85", 16)).and(mask);
    }
    return Arrays.stream(c).mapToInt(BigInteger::intValue).toArray();
  }

  @Test
  void fourNeighboursShareABlock() {
    int[] block = words(SEED, 5, 7, 2, 1);
    for (int e = 0; e < 4; e++) {
      assertEquals(Philox.uniform(block[e]), Philox.uniformAt(SEED, 1, 2, 7, 20 + e));
    }
    assertEquals(Philox.normal(block[2], block[3], true), Philox.normalAt(SEED, 1, 2, 7, 22));
    assertEquals(Philox.normal(block[2], block[3], false), Philox.normalAt(SEED, 1, 2, 7, 23));
  }

  @Test
  void theEndsOfTheWordRangeStayInsideTheInterval() {
    assertEquals(0f, Philox.uniform(0));
    assertEquals(1 - 0x1p-24f, Philox.uniform(-1));
    assertEquals(1 - 0x1p-53, Philox.uniform53(-1));
    assertEquals(0f, Math.abs(Philox.normal(-1, 0, true)));
    assertEquals(5.768, Philox.normal(0, 0, true), 1e-3); // √(48 log 2) = 5.7681
  }

  @Test
  void uniformsHaveTheMomentsAndTheFlatHistogramOfUniforms() {
    int n = 1 << 16;
    int bins = 64;
    var count = new int[bins];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double u = Philox.uniformAt(SEED, 3, 0, i / 1000, i % 1000);
      count[(int) (u * bins)]++;
      sum += u;
      squares += (u - 0.5) * (u - 0.5);
    }
    // Four standard errors: √(1/12 / n) = 0.0011 for the mean, √(1/180 / n) = 0.00029 for the
    // variance.
    assertEquals(0.5, sum / n, 0.0045);
    assertEquals(1 / 12.0, squares / n, 0.0012);
    assertFlat(count, n);
  }

  @Test
  void normalsHaveTheMomentsOfNormalsAndNeighboursAreUncorrelated() {
    int n = 1 << 16;
    var moment = new double[5];
    double product = 0;
    for (int i = 0; i < n; i++) {
      double z = Philox.normalAt(SEED, 4, 0, i / 999, i % 999);
      product += z * Philox.normalAt(SEED, 4, 0, (i + 1) / 999, (i + 1) % 999);
      for (int k = 1; k < moment.length; k++) {
        moment[k] += StrictMath.pow(z, k) / n;
      }
    }
    // Four standard errors over √n = 256: variances of z, z², z³, z⁴ are 1, 2, 15, 96.
    assertEquals(0, moment[1], 4 * 1.0 / 256);
    assertEquals(1, moment[2], 4 * Math.sqrt(2) / 256);
    assertEquals(0, moment[3], 4 * Math.sqrt(15) / 256);
    assertEquals(3, moment[4], 4 * Math.sqrt(96) / 256);
    assertEquals(0, product / n, 4 * 1.0 / 256);
  }

  @Test
  void keepIsScaledSoThatTheMeanStays() {
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      float keep = Philox.keepAt(0.25f, SEED, 0, 0, 0, i);
      assertTrue(keep == 0f || keep == 1f / 0.75f);
      kept += keep > 0 ? 1 : 0;
    }
    assertEquals(7500, kept, 174); // four standard errors: 4·√(10 000·0.25·0.75)
    assertEquals(1f, Philox.keepAt(0f, SEED, 0, 0, 0, 0));
  }

  @Test
  void boundedDrawsAreFlatAndInside() {
    for (int bound : new int[] {1, 2, 3, 7, 10, 64}) {
      var count = new int[bound];
      for (int i = 0; i < 6400; i++) {
        count[Philox.below(bound, SEED, 9, bound, i)]++;
      }
      assertFlat(count, 6400);
    }
  }

  /**
   * Below 3·2²⁹ a quarter of the words is rejected; taken, they would make results 2, 5, 8 … rarer
   * by a third.
   */
  @Test
  void boundedDrawsRejectWhatWouldFavourSome() {
    var count = new int[3];
    IntUnaryOperator draw = i -> Philox.below(3 << 29, SEED, 9, 0, i);
    for (int i = 0; i < 30_000; i++) {
      count[draw.applyAsInt(i) % 3]++;
    }
    assertFlat(count, 30_000);
    assertTrue(Philox.below(Integer.MAX_VALUE, SEED, 0, 0, 0) >= 0);
    assertThrows(IllegalArgumentException.class, () -> Philox.below(0, SEED, 0, 0, 0));
  }

  /**
   * χ² with d degrees of freedom has mean d, variance 2d; beyond 5 deviations it is 1 in 200 times
   * or less.
   */
  private static void assertFlat(int[] count, int n) {
    double expected = (double) n / count.length;
    double chi = 0;
    for (int c : count) {
      chi += (c - expected) * (c - expected) / expected;
    }
    int d = count.length - 1;
    assertTrue(chi <= d + 5 * Math.sqrt(2.0 * d), "chi-square " + chi + " with " + d);
  }

  @Test
  void aPermutationHasEveryNumberOnceAndDependsOnItsArgumentsAlone() {
    for (int n : new int[] {0, 1, 2, 3, 17, 1000}) {
      int[] p = Philox.permutation(SEED, 1, 2, n);
      assertArrayEquals(p, Philox.permutation(SEED, 1, 2, n));
      assertArrayEquals(IntStream.range(0, n).toArray(), Arrays.stream(p).sorted().toArray());
    }
    int[] p = Philox.permutation(SEED, 1, 2, 100);
    assertFalse(Arrays.equals(p, Philox.permutation(SEED + 1, 1, 2, 100)));
    assertFalse(Arrays.equals(p, Philox.permutation(SEED + (1L << 32), 1, 2, 100)));
    assertFalse(Arrays.equals(p, Philox.permutation(SEED, 2, 2, 100)));
    assertFalse(Arrays.equals(p, Philox.permutation(SEED, 1, 3, 100)));
  }

  @Test
  void everyPermutationIsEquallyLikely() {
    var count = new int[24];
    for (int step = 0; step < 4800; step++) {
      int[] p = Philox.permutation(SEED, 0, step, 4);
      int rank = 0;
      for (int i = 0; i < 4; i++) {
        int smaller = 0;
        for (int j = i + 1; j < 4; j++) {
          smaller += p[j] < p[i] ? 1 : 0;
        }
        rank = rank * (4 - i) + smaller;
      }
      count[rank]++;
    }
    assertFlat(count, 4800);
  }

  /** Recorded once from this implementation: a change here changes every result drawn so far. */
  @Test
  void valuesNeverChange() {
    assertArrayEquals(new int[] {0, 1, 3, 4, 5, 7, 2, 6}, Philox.permutation(7, 1, 0, 8));
    assertEquals(0x1.de83p-7f, Philox.uniformAt(7, 1, 0, 3, 0));
    assertEquals(0x1.6cebf8p-2f, Philox.uniformAt(7, 1, 0, 3, 3));
  }
}
