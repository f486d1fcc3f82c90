package dev.vitrine.xai.view;

/**
 * A colour by lightness (0 black to 1 white), green–red axis a and blue–yellow axis b, in which
 * Euclidean distance is close to seen difference.
 *
 * <p>Björn Ottosson, "A perceptual color space for image processing" (2020), with the matrices that
 * go straight from and to linear sRGB; the transfer curve is that of IEC 61966-2-1.
 */
record Oklab(double lightness, double a, double b) {

  static final Oklab WHITE = new Oklab(1, 0, 0);

  /** Hue in degrees: about 30 is red, 110 yellow, 140 green, 260 blue. */
  static Oklab polar(double lightness, double chroma, double hue) {
    double angle = StrictMath.toRadians(hue);
    return new Oklab(lightness, chroma * StrictMath.cos(angle), chroma * StrictMath.sin(angle));
  }

  /** From sRGB components in [0, 1]. */
  static Oklab ofSrgb(double red, double green, double blue) {
    double r = linear(red);
    double g = linear(green);
    double b = linear(blue);
    double l = StrictMath.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = StrictMath.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = StrictMath.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return new Oklab(
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s);
  }

  static Oklab ofRgb(int rgb) {
    return ofSrgb((rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  }

  /** sRGB components; outside [0, 1] where no screen of that gamut can show the colour. */
  double[] srgb() {
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return new double[] {
      encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
      encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
      encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
    };
  }

  /** 0xRRGGBB, each component rounded to the nearest of 256 and cut to the gamut. */
  int rgb() {
    double[] c = srgb();
    return eightBit(c[0]) << 16 | eightBit(c[1]) << 8 | eightBit(c[2]);
  }

  /** This colour at share 0, {@code other} at share 1, a straight line between. */
  Oklab mix(Oklab other, double share) {
    return new Oklab(
        lightness + share * (other.lightness - lightness),
        a + share * (other.a - a),
        b + share * (other.b - b));
  }

  double distance(Oklab other) {
    double dl = lightness - other.lightness;
    double da = a - other.a;
    double db = b - other.b;
    return Math.sqrt(dl * dl + da * da + db * db);
  }

  private static int eightBit(double component) {
    return (int) Math.round(255 * Math.clamp(component, 0.0, 1.0));
  }

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : StrictMath.pow((v + 0.055) / 1.055, 2.4);
  }

  private static double encoded(double v) {
    return v <= 0.0031308 ? 12.92 * v : 1.055 * StrictMath.pow(v, 1 / 2.4) - 0.055;
  }

  private static double cube(double v) {
    return v * v * v;
  }
}
