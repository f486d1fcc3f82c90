package dev.vitrine.tensor.kernel.math;

import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The worst |f(x) − g(x)| in units of the spacing of floats at g(x), denormal spacing included. */
record Ulps(double worst, float at) {
  /** A function of the numerical contract. */
  @FunctionalInterface
  interface Function {
    float of(float x);
  }

  /** Which floats are looked at. */
  @FunctionalInterface
  interface Domain {
    boolean holds(float x);
  }

  private static final int BLOCKS = 1 << 10;
  private static final int PER_BLOCK = 1 << 22;

  /** Over every {@code stride}-th of the 2³² floats that lie in the domain, by all cores. */
  static Ulps of(Function f, DoubleUnaryOperator g, int stride, Domain domain) {
    return IntStream.range(0, BLOCKS)
        .parallel()
        .mapToObj(block -> block(f, g, stride, domain, block))
        .max(Comparator.comparingDouble(Ulps::worst))
        .orElseThrow();
  }

  /** The error of y where the true value is given; 0 if both are NaN, infinite if one is. */
  static double error(float y, double truth) {
    if (Double.isNaN(truth) || Float.isNaN(y)) {
      return Double.isNaN(truth) && Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (y == truth) {
      return 0;
    }
    // Rounding to nearest treats ∞ as the float after the largest one, 2¹²⁸.
    double size = Math.min(Math.abs(truth), 0x1p128);
    double spacing = Math.scalb(1.0, Math.clamp(Math.getExponent(size), -126, 127) - 23);
    return Math.abs(clamp(y) - clamp(truth)) / spacing;
  }

  private static double clamp(double v) {
    return Math.clamp(v, -0x1p128, 0x1p128);
  }

  private static Ulps block(
      Function f, DoubleUnaryOperator g, int stride, Domain domain, int block) {
    long first = (long) block * PER_BLOCK;
    double worst = 0;
    float at = 0;
    for (long i = (first + stride - 1) / stride * stride; i < first + PER_BLOCK; i += stride) {
      float x = Float.intBitsToFloat((int) i);
      if (domain.holds(x)) {
        double error = error(f.of(x), g.applyAsDouble(x));
        if (error > worst) {
          worst = error;
          at = x;
        }
      }
    }
    return new Ulps(worst, at);
  }

  @Override
  public String toString() {
    return worst + " ulp at " + at + " (" + Float.toHexString(at) + ")";
  }
}
