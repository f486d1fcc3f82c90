package dev.vitrine.tensor.kernel.math;

/**
 * gelu(x) = x·Φ(x), Φ the standard normal distribution (Hendrycks and Gimpel, 2016); −0, its limit,
 * at −∞.
 */
public final class Gelu {
  public static final float SQRT_HALF = 0x1.6a09e6p-1f;
  public static final float SQRT_TWO_OVER_PI = 0x1.988454p-1f;
  public static final float CUBIC = 0.044715f;

  private Gelu() {}

  /**
   * ½·x·(1 + erf(x ⁄ √2)). Measured error at most 2.6 ulp for x ≥ −1; below, where 1 + erf cancels,
   * 2.5·10⁻⁷.
   */
  public static float gelu(float x) {
    float y = 0.5f * x * (1f + Erf.erf(x * SQRT_HALF));
    return x == Float.NEGATIVE_INFINITY ? -0f : y; // not −∞·0
  }

  /**
   * ½·x·(1 + tanh(√(2 ⁄ π)·(x + 0.044715·x³))). Measured error at most 3.8 ulp for x ≥ −1; below,
   * where 1 + tanh cancels, 3.5·10⁻⁷.
   */
  public static float geluTanh(float x) {
    float u = SQRT_TWO_OVER_PI * Math.fma(CUBIC * (x * x), x, x);
    float y = 0.5f * x * (1f + Tanh.tanh(u));
    return x == Float.NEGATIVE_INFINITY ? -0f : y; // not −∞·0
  }
}
