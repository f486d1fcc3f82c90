package dev.vitrine.tensor.kernel.math;

/**
 * xʸ = ±2^(y·log₂|x|), in binary64 steps: binary32 cannot hold y·log₂|x| well enough.
 *
 * <p>log₂ m = s·L(s²) with s = (m − 1) ⁄ (m + 1), m in [√½, √2); 2ʳ a polynomial on |r| ≤ ½; both
 * minimax fits. The one rounding to binary32 comes last, so results that are floats come out
 * exactly.
 */
public final class Pow {
  /** Relative error of s·(L1 + L3·s² + … + L11·s¹⁰): 2⁻⁴⁵. */
  private static final double L1 = 0x1.71547652b8252p1;

  private static final double L3 = 0x1.ec709dc53ca34p-1;
  private static final double L5 = 0x1.2776c29315cf1p-1;
  private static final double L7 = 0x1.a61a2ee15056bp-2;
  private static final double L9 = 0x1.479552becc37fp-2;
  private static final double L11 = 0x1.21b119ef694e9p-2;

  /** Relative error of E0 + E1·r + … + E7·r⁷: 2⁻³⁴·⁵. */
  private static final double E0 = 0x1.ffffffffab9b1p-1;

  private static final double E1 = 0x1.62e42ff116c2ep-1;
  private static final double E2 = 0x1.ebfbe0a4f2f13p-3;
  private static final double E3 = 0x1.c6b08aae4f037p-5;
  private static final double E4 = 0x1.3b29dc1469537p-7;
  private static final double E5 = 0x1.5d8a7110687b9p-10;
  private static final double E6 = 0x1.446a43c5a289dp-13;
  private static final double E7 = 0x1.fe174de241acbp-17;

  /** 1.5·2⁵²: the {@link Shifter} of binary64. */
  private static final double SHIFTER = 0x1.8p52;

  /** The bits of √½ in binary64. */
  private static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

  private Pow() {}

  /**
   * xʸ with the special cases of C (annex F) and IEEE 754-2019, 9.2.1: x⁰ = 1ʸ = 1 even for NaN.
   * Measured error at most 0.51 ulp.
   */
  public static float pow(float x, float y) {
    float ax = Math.abs(x);
    float ay = Math.abs(y);
    // From 2²⁴ on every float is an even integer, and half of an integer is one if it is even.
    boolean integer = ay >= 0x1p24f || round(ay) == ay;
    boolean odd = ay < 0x1p24f && integer && round(0.5f * ay) != 0.5f * ay;
    boolean negative = x < 0f;

    float z = magnitude(ax, y);
    z = ax == 0f ? (y < 0f ? Float.POSITIVE_INFINITY : 0f) : z;
    z = ax == Float.POSITIVE_INFINITY ? (y < 0f ? 0f : Float.POSITIVE_INFINITY) : z;
    boolean grows = (ax > 1f) == (y > 0f);
    z = ay == Float.POSITIVE_INFINITY ? (grows ? Float.POSITIVE_INFINITY : 0f) : z;
    z = ay == Float.POSITIVE_INFINITY && ax == 1f ? 1f : z;
    boolean signed = (Float.floatToRawIntBits(x) < 0) && odd;
    z = signed ? -z : z;
    z = negative && !integer && ax != Float.POSITIVE_INFINITY ? Float.NaN : z;
    z = Float.isNaN(x) || Float.isNaN(y) ? Float.NaN : z;
    return x == 1f || y == 0f ? 1f : z;
  }

  /** 2^(y·log₂ x) for finite x > 0 and finite y. */
  private static float magnitude(float x, float y) {
    long bits = Double.doubleToRawLongBits((double) x); // a denormal float is a normal double
    long e = (bits - SQRT_HALF) >> 52;
    double m = Double.longBitsToDouble(bits - (e << 52));
    double s = (m - 1.0) / (m + 1.0);
    double t = s * s;
    double p = Math.fma(L11, t, L9);
    p = Math.fma(p, t, L7);
    p = Math.fma(p, t, L5);
    p = Math.fma(p, t, L3);
    p = Math.fma(p, t, L1);
    double w = Math.fma(s, p, (double) e) * (double) y;
    // Beyond ±160 the result is ∞ or 0 in binary32 either way.
    w = w > 160.0 ? 160.0 : w;
    w = w < -160.0 ? -160.0 : w;
    double shifted = w + SHIFTER;
    double r = w - (shifted - SHIFTER);
    double q = Math.fma(E7, r, E6);
    q = Math.fma(q, r, E5);
    q = Math.fma(q, r, E4);
    q = Math.fma(q, r, E3);
    q = Math.fma(q, r, E2);
    q = Math.fma(q, r, E1);
    q = Math.fma(q, r, E0);
    // The low bits of shifted are n, the upper ones leave through the shift.
    long n = Double.doubleToRawLongBits(shifted);
    return (float) (q * Double.longBitsToDouble((n << 52) + 0x3ff0000000000000L));
  }

  /** v rounded to an integer, for 0 ≤ v < 2²⁴; larger integers stay themselves. */
  private static float round(float v) {
    float shifted = v + 0x1p23f;
    return v >= 0x1p23f ? v : shifted - 0x1p23f;
  }
}
