package dev.vitrine.tensor.kernel.math;

/** An odd function is computed on |x| and given the sign of x: f(−x) = −f(x) holds bit for bit. */
final class Signs {
  static final int MASK = 0x80000000;

  private Signs() {}

  /** y ≥ +0 with the sign of x. */
  static float of(float x, float y) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & MASK));
  }
}
