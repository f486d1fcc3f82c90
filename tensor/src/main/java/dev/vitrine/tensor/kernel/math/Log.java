package dev.vitrine.tensor.kernel.math;

/**
 * log x = e·ln 2 + log(1 + f) with x = 2ᵉ·(1 + f), 1 + f in [⅔, 4⁄3).
 *
 * <p>This interval is chosen by one integer subtraction, and e = 0 around 1, where log is small and
 * nothing may be added to it. log(1 + f) ≈ f + f²·Q(f), a minimax fit; ln 2 rounded to binary32 is
 * good to 2⁻²⁹, so one part is enough. (Muller, Elementary Functions, 3rd ed., ch. 11.)
 */
public final class Log {
  /** The bits of ⅔. */
  public static final int TWO_THIRDS = 0x3f2aaaab;

  /** Relative error of f + f²·(−½ + C3·f + … + C10·f⁸): 2⁻²⁷·⁷. */
  public static final float C3 = 0x1.555506p-2f;

  public static final float C4 = -0x1.fffefap-3f;
  public static final float C5 = 0x1.99d050p-3f;
  public static final float C6 = -0x1.559c68p-3f;
  public static final float C7 = 0x1.1ed55cp-3f;
  public static final float C8 = -0x1.f33268p-4f;
  public static final float C9 = 0x1.1e6d04p-3f;
  public static final float C10 = -0x1.07c552p-3f;

  private Log() {}

  /** log x; −∞ at ±0, NaN below. Error at most 0.94 ulp (all floats measured). */
  public static float log(float x) {
    boolean denormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(denormal ? x * 0x1p23f : x);
    int e = (bits - TWO_THIRDS) >> 23;
    float f = Float.intBitsToFloat(bits - (e << 23)) - 1f;
    float y = combine(f, integer(e) - (denormal ? 23f : 0f));
    y = x > 0f ? y : Float.NaN;
    y = x == 0f ? Float.NEGATIVE_INFINITY : y;
    return x == Float.POSITIVE_INFINITY ? x : y;
  }

  /**
   * log(1 + x), relative accuracy kept near 0; −∞ at −1, NaN below. Measured error at most 1.6 ulp.
   */
  public static float log1p(float x) {
    int e = (Float.floatToRawIntBits(1f + x) - TWO_THIRDS) >> 23;
    // f = x·2⁻ᵉ + (2⁻ᵉ − 1): scaling x rather than 1 + x loses none of its bits. 4·2⁻ᵉ is used, as
    // 2⁻ᵉ would be denormal for e = 128.
    float scaled = Float.intBitsToFloat(Float.floatToRawIntBits(x) - (e << 23));
    float four = Float.intBitsToFloat(0x40800000 - (e << 23));
    float y = combine(scaled + Math.fma(0.25f, four, -1f), integer(e));
    y = x > -1f ? y : Float.NaN;
    y = x == -1f ? Float.NEGATIVE_INFINITY : y;
    y = x == Float.POSITIVE_INFINITY ? x : y;
    return x == 0f ? x : y; // keeps −0
  }

  /** e·ln 2 + log(1 + f). */
  private static float combine(float f, float e) {
    float q = Math.fma(C10, f, C9);
    q = Math.fma(q, f, C8);
    q = Math.fma(q, f, C7);
    q = Math.fma(q, f, C6);
    q = Math.fma(q, f, C5);
    q = Math.fma(q, f, C4);
    q = Math.fma(q, f, C3);
    q = Math.fma(q, f, -0.5f);
    return Math.fma(e, Exp.LN2_HIGH, Math.fma(f * f, q, f));
  }

  /** e as a float. */
  private static float integer(int e) {
    return Float.intBitsToFloat(Shifter.BITS + e) - Shifter.VALUE;
  }
}
