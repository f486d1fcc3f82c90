package dev.vitrine.tensor.kernel.math;

/**
 * sin(t + turn·π⁄2) for any t ≥ 2: t·2⁄π modulo 4 in 96-bit integers (Payne and Hanek, 1983).
 *
 * <p>t = m·2ᵉ with m of 24 bits. Bits of 2⁄π whose weight times 2ᵉ is a multiple of 4 only add
 * whole turns; the 96 bits after them leave an absolute error below 2⁻⁶¹, and no float comes nearer
 * than 2⁻³¹ to a multiple of π⁄2.
 */
final class LargeAngle {
  /** 32 zero bits, so that e may be as small as −22, then 2⁄π in words of 32 bits. */
  private static final int[] TWO_OVER_PI = {
    0, 0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab
  };

  /** π⁄2·2⁻⁶². */
  private static final double HALF_PI_SCALED = 0x1.921fb54442d18p-62;

  private LargeAngle() {}

  static float sin(float t, int turn) {
    if (t == Float.POSITIVE_INFINITY) {
      return Float.NaN;
    }
    int bits = Float.floatToRawIntBits(t);
    long m = (bits & 0x7fffff) | 0x800000;
    int offset = 32 + (bits >> 23) - 150 - 2;
    // m times the 96 bits from offset on, modulo 2⁹⁶; turns has weight 4 above its top bit.
    long low = m * word(offset + 64);
    long middle = m * word(offset + 32) + (low >>> 32);
    long high = m * word(offset) + (middle >>> 32);
    long turns = (high << 32) | (middle & 0xffffffffL);
    int n = (int) ((turns + (1L << 61)) >>> 62);
    long rest = turns - ((long) n << 62);
    return Trig.reduced((float) ((double) rest * HALF_PI_SCALED), n + turn);
  }

  /** The 32 bits that start at the given bit. */
  private static long word(int bit) {
    int i = bit >> 5;
    long pair = ((long) TWO_OVER_PI[i] << 32) | (TWO_OVER_PI[i + 1] & 0xffffffffL);
    return (pair << (bit & 31)) >>> 32;
  }
}
