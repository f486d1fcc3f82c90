package dev.vitrine.tensor.kernel.math;

/**
 * sin and cos of x = n·π⁄2 + r, |r| ≤ π⁄4: ±sin r or ±cos r, as the last two bits of n say.
 *
 * <p>Up to 2¹³ the reduction is Cody and Waite's with π⁄2 in three parts, all in binary32: n has 13
 * bits, with fma the first subtraction is exact and the others round once. Beyond, {@link
 * LargeAngle} is exact enough for every float. The polynomials are minimax fits on [0, π⁄4].
 */
public final class Trig {
  /** The largest |x| of the float reduction. */
  public static final float MODERATE = 0x1p13f;

  public static final float TWO_OVER_PI = 0x1.45f306p-1f;
  public static final float HALF_PI_1 = 0x1.921fb6p0f;
  public static final float HALF_PI_2 = -0x1.777a5cp-25f;
  public static final float HALF_PI_3 = -0x1.ee59dap-50f;

  /** Relative error of r + r³·(S3 + … + S9·r⁶): 2⁻³²·⁵. */
  public static final float S3 = -0x1.555556p-3f;

  public static final float S5 = 0x1.111174p-7f;
  public static final float S7 = -0x1.a05956p-13f;
  public static final float S9 = 0x1.7c2d52p-19f;

  /** Relative error of 1 + r²·(−½ + … + C8·r⁶): 2⁻³³. */
  public static final float C4 = 0x1.55554ap-5f;

  public static final float C6 = -0x1.6c0c26p-10f;
  public static final float C8 = 0x1.99e716p-16f;

  private Trig() {}

  /** sin x, x in radians; NaN at ±∞. Measured error at most 1.5 ulp, over all floats. */
  public static float sin(float x) {
    float y = quarter(Math.abs(x), 0);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(y) ^ (Float.floatToRawIntBits(x) & Signs.MASK));
  }

  /** cos x, x in radians; NaN at ±∞. Measured error at most 1.5 ulp, over all floats. */
  public static float cos(float x) {
    return quarter(Math.abs(x), 1);
  }

  /** sin(t + turn·π⁄2) for t ≥ 0. */
  private static float quarter(float t, int turn) {
    if (t > MODERATE) {
      return LargeAngle.sin(t, turn);
    }
    float shifted = Math.fma(t, TWO_OVER_PI, Shifter.VALUE);
    float n = shifted - Shifter.VALUE;
    float r = Math.fma(n, -HALF_PI_1, t);
    r = Math.fma(n, -HALF_PI_2, r);
    r = Math.fma(n, -HALF_PI_3, r);
    return reduced(r, Float.floatToRawIntBits(shifted) + turn);
  }

  /** sin(r + quadrant·π⁄2). */
  static float reduced(float r, int quadrant) {
    float s = r * r;
    float p = Math.fma(S9, s, S7);
    p = Math.fma(p, s, S5);
    p = Math.fma(p, s, S3);
    float sine = Math.fma(r * s, p, r);
    float q = Math.fma(C8, s, C6);
    q = Math.fma(q, s, C4);
    q = Math.fma(q, s, -0.5f);
    float cosine = Math.fma(q, s, 1f);
    float y = (quadrant & 1) == 0 ? sine : cosine;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) ^ ((quadrant & 2) << 30));
  }
}
