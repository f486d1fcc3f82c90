package dev.vitrine.tensor.kernel.math;

/**
 * eˣ = 2ⁿ·eʳ with n = round(x / ln 2) and r = x − n·ln 2, |r| ≤ ½ ln 2.
 *
 * <p>Reduction after Cody and Waite (Software Manual for the Elementary Functions, 1980, ch. 6)
 * with ln 2 in two parts; with fma the first subtraction is exact. The polynomials are minimax fits
 * (Lawson's iteration), their coefficients rounded to binary32 one after the other, lowest power
 * first.
 */
public final class Exp {
  public static final float LOG2_E = 0x1.715476p0f;
  public static final float LN2_HIGH = 0x1.62e430p-1f;
  public static final float LN2_LOW = -0x1.05c610p-29f;

  /** eʳ ≈ 1 + r + C2·r² + … + C6·r⁶, relative error 2⁻²⁸·². */
  public static final float C2 = 0x1.fffffcp-2f;

  public static final float C3 = 0x1.555492p-3f;
  public static final float C4 = 0x1.5558b0p-5f;
  public static final float C5 = 0x1.12398ep-7f;
  public static final float C6 = 0x1.6a4d60p-10f;

  /**
   * eʳ − 1 ≈ r + r²·(½ + D3·r + … + D7·r⁵), relative error 2⁻³¹·¹: one degree more, nothing hides
   * it.
   */
  public static final float D3 = 0x1.555554p-3f;

  public static final float D4 = 0x1.5554f8p-5f;
  public static final float D5 = 0x1.1112d8p-7f;
  public static final float D6 = 0x1.6d3a4ap-10f;
  public static final float D7 = 0x1.9e7380p-13f;

  private Exp() {}

  /** eˣ over all floats, with gradual underflow. Error at most 0.90 ulp (all floats measured). */
  public static float exp(float x) {
    float shifted = Math.fma(x, LOG2_E, Shifter.VALUE);
    float r = rest(x, shifted - Shifter.VALUE);
    float p = Math.fma(slope(r), r, 1f);
    // 2ⁿ in two factors, for n runs from −150 to 128 and one factor would leave the exponent
    // range. Only the second product can round.
    int n = Float.floatToRawIntBits(shifted) - Shifter.BITS;
    int half = n >> 1;
    float y = p * power(half) * power(n - half);
    y = x > 89f ? Float.POSITIVE_INFINITY : y;
    return x < -104f ? 0f : y;
  }

  /** eˣ for |x| ≤ 87, with the bits of {@link #exp}; unspecified (but NaN for NaN) beyond. */
  static float moderate(float x) {
    float shifted = Math.fma(x, LOG2_E, Shifter.VALUE);
    float r = rest(x, shifted - Shifter.VALUE);
    return Math.fma(slope(r), r, 1f) * power(Float.floatToRawIntBits(shifted) - Shifter.BITS);
  }

  /** eˣ − 1, relative accuracy kept near 0. Measured error at most 1.5 ulp. */
  public static float expm1(float x) {
    float shifted = Math.fma(x, LOG2_E, Shifter.VALUE);
    float n = shifted - Shifter.VALUE;
    float r = rest(x, n);
    float q = Math.fma(D7, r, D6);
    q = Math.fma(q, r, D5);
    q = Math.fma(q, r, D4);
    q = Math.fma(q, r, D3);
    q = Math.fma(q, r, 0.5f);
    float p = Math.fma(r * r, q, r);
    // 2ⁿ·(p + 1) − 1 by way of 2ⁿ⁻¹, which is still finite for n = 128.
    float s = power(Float.floatToRawIntBits(shifted) - (Shifter.BITS + 1));
    float y = 2f * Math.fma(s, p, s - 0.5f);
    y = n == 0f ? p : y;
    y = x > 89f ? Float.POSITIVE_INFINITY : y;
    y = x < -18f ? -1f : y;
    return x == 0f ? x : y; // keeps −0
  }

  /** r = x − n·ln 2. */
  static float rest(float x, float n) {
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
  }

  /** (eʳ − 1) ⁄ r for |r| ≤ ½ ln 2. */
  static float slope(float r) {
    float p = Math.fma(C6, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    return Math.fma(p, r, 1f);
  }

  /** 2ⁿ for −126 ≤ n ≤ 127. */
  static float power(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
