package dev.vitrine.xai.segment;

/**
 * sRGB to CIE 1976 L*a*b* under D65: L* = 116 f(Y) − 16, a* = 500 (f(X) − f(Y)), b* = 200 (f(Y) −
 * f(Z)), where f(t) = ∛t, continued by a line near black. L* runs from 0 to 100; Euclidean distance
 * is roughly what an eye sees.
 *
 * <p>Transfer curve and primaries: IEC 61966-2-1; L*a*b*: CIE 15:2004, section 8.2.1, with the
 * rounded constants that image libraries use.
 */
final class Lab {
  /** XYZ of white under D65 for the 2° observer. */
  private static final double WHITE_X = 0.95047;

  private static final double WHITE_Z = 1.08883;

  private Lab() {}

  static Pixels of(Pixels rgb) {
    double[] from = rgb.values();
    double[] to = new double[from.length];
    for (int i = 0; i < from.length; i += 3) {
      double r = linear(from[i]);
      double g = linear(from[i + 1]);
      double b = linear(from[i + 2]);
      double x = f((0.412453 * r + 0.357580 * g + 0.180423 * b) / WHITE_X);
      double y = f(0.212671 * r + 0.715160 * g + 0.072169 * b);
      double z = f((0.019334 * r + 0.119193 * g + 0.950227 * b) / WHITE_Z);
      to[i] = 116 * y - 16;
      to[i + 1] = 500 * (x - y);
      to[i + 2] = 200 * (y - z);
    }
    return new Pixels(rgb.height(), rgb.width(), to);
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double f(double t) {
    return t > 0.008856 ? StrictMath.cbrt(t) : 7.787 * t + 16.0 / 116;
  }
}
