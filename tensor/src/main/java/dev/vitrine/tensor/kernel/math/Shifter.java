package dev.vitrine.tensor.kernel.math;

/**
 * |v| ≤ 2²² ⇒ (v + 1.5·2²³) − 1.5·2²³ = v rounded to the nearest integer, ties to even.
 *
 * <p>The sum has a spacing of one, so the addition itself rounds; the integer then stands in the
 * low bits of the sum, and the same constant carries an integer back to a float. Unlike a cast this
 * is plain IEEE arithmetic, defined for every input in Java, C++ and CUDA alike.
 */
public final class Shifter {
  /** 1.5·2²³. */
  public static final float VALUE = 0x1.8p23f;

  /** The bits of {@link #VALUE}; the lowest 22 are zero. */
  public static final int BITS = 0x4b400000;

  private Shifter() {}
}
