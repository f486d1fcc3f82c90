package dev.vitrine.tensor.kernel.math;

/**
 * erf x = x + x·P(x²) below 1 and 1 − exp(−x + x·R(x)) above, for x ≥ 0.
 *
 * <p>P and R are minimax fits, R of log(erfc x) ⁄ x + 1 on [1, 4]. erfc is at most 0.16 there, so
 * the errors of R and of the exponential count a sixth or less.
 */
public final class Erf {
  /** Where the first polynomial ends. */
  public static final float JOIN = 1f;

  /** From here on erf x rounds to 1. */
  public static final float ONE = 4f;

  /** Relative error of x + x·(P1 + P3·x² + … + P13·x¹²): 2⁻²⁹·⁴. */
  public static final float P1 = 0x1.06eba8p-3f;

  public static final float P3 = -0x1.81273ep-2f;
  public static final float P5 = 0x1.ce2ce6p-4f;
  public static final float P7 = -0x1.b7f71ap-6f;
  public static final float P9 = 0x1.53f224p-8f;
  public static final float P11 = -0x1.a3515ep-11f;
  public static final float P13 = 0x1.4771fcp-14f;

  /** Relative error of 1 − exp(−x + x·(R0 + … + R5·x⁵)): 2⁻²⁸·⁶. */
  public static final float R0 = -0x1.07208ap-3f;

  public static final float R1 = -0x1.458bb4p-1f;
  public static final float R2 = -0x1.ae8e4ep-4f;
  public static final float R3 = 0x1.7587ecp-6f;
  public static final float R4 = -0x1.a1b92ep-9f;
  public static final float R5 = 0x1.b9c322p-13f;

  private Erf() {}

  /** erf x = 2 ⁄ √π · ∫₀ˣ exp(−t²) dt. Measured error at most 1.0 ulp. */
  public static float erf(float x) {
    float t = Math.abs(x);
    float s = t * t;
    float p = Math.fma(P13, s, P11);
    p = Math.fma(p, s, P9);
    p = Math.fma(p, s, P7);
    p = Math.fma(p, s, P5);
    p = Math.fma(p, s, P3);
    p = Math.fma(p, s, P1);
    float small = Math.fma(p, t, t);
    float r = Math.fma(R5, t, R4);
    r = Math.fma(r, t, R3);
    r = Math.fma(r, t, R2);
    r = Math.fma(r, t, R1);
    r = Math.fma(r, t, R0);
    float large = 1f - Exp.moderate(Math.fma(r, t, -t));
    large = t > ONE ? 1f : large;
    return Signs.of(x, t < JOIN ? small : large);
  }
}
