package dev.vitrine.tensor.kernel.math;

/** relu(x) = +0 where x ≤ 0, else x; NaN stays NaN. */
public final class Relu {
  private Relu() {}

  /** The positive part of x. */
  public static float relu(float x) {
    return x <= 0f ? 0f : x;
  }
}
