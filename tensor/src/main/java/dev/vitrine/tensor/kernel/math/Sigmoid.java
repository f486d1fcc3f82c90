package dev.vitrine.tensor.kernel.math;

/**
 * σ(x) = 1 ⁄ (1 + e) for x ≥ 0 and e ⁄ (1 + e) below, e = e⁻|ˣ| = 2ⁿ·(1 + u).
 *
 * <p>The numerator's 1 + u is never rounded, and one Newton step mends what the sum and the
 * quotient rounded: three plain roundings in a row would cost 2.2 ulp.
 */
public final class Sigmoid {
  private Sigmoid() {}

  /** σ(x), with gradual underflow. Measured error at most 1.4 ulp. */
  public static float sigmoid(float x) {
    float t = -Math.abs(x);
    t = t < -104f ? -104f : t; // e is 0 from here on
    float shifted = Math.fma(t, Exp.LOG2_E, Shifter.VALUE);
    float r = Exp.rest(t, shifted - Shifter.VALUE);
    float slope = Exp.slope(r);
    int n = Float.floatToRawIntBits(shifted) - Shifter.BITS;
    int half = n >> 1;
    float first = Exp.power(half);
    float second = Exp.power(n - half);
    float e = Math.fma(slope, r, 1f) * first * second;
    float i = 1f / (1f + e);
    float residual = Math.fma(-i, e, 1f - i); // 1 − i·(1 + e), rounded once
    float u = x >= 0f ? 0f : slope * r;
    float y = Math.fma(i, Math.fma(u, residual, residual) + u, i);
    return x >= 0f ? y : y * first * second;
  }
}
