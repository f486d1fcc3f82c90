package dev.vitrine.xai.view;

import java.util.function.DoubleFunction;

/**
 * t → colour such that equal steps in t look equally large.
 *
 * <p>Each map is a smooth curve through {@link Oklab}, walked at constant speed: the distance from
 * colour to colour is the same everywhere. Zero is nearly the white of the paper, and the further a
 * value is from zero the darker it is, so a map survives a grey printer. Red and blue are told
 * apart by readers with any of the common colour vision deficiencies.
 */
public final class ColorMap {

  private static final double PAPER = 0.975;
  private static final int KNOTS = 256;

  /** t in [−1, 1]: dark blue, white, dark red; lightness is the same at −t and t. */
  public static final ColorMap DIVERGING = new ColorMap(u -> arm(u, 30), u -> arm(u, 258), true);

  /** t in [0, 1]: white, apricot, magenta, dark violet; for maps that are never negative. */
  public static final ColorMap SEQUENTIAL = new ColorMap(ColorMap::dusk, ColorMap::dusk, false);

  /** t in [0, 1]: white to black, like ink. */
  public static final ColorMap GREY = new ColorMap(ColorMap::ink, ColorMap::ink, false);

  private final Oklab[] positive;
  private final Oklab[] negative;
  private final boolean signed;

  private ColorMap(DoubleFunction<Oklab> positive, DoubleFunction<Oklab> negative, boolean signed) {
    this.positive = atConstantSpeed(positive);
    this.negative = atConstantSpeed(negative);
    this.signed = signed;
  }

  /** Whether negative values have colours of their own. */
  public boolean signed() {
    return signed;
  }

  /** 0xRRGGBB at t; t is cut to the range of the map and must not be NaN. */
  public int rgb(double t) {
    return color(t).rgb();
  }

  Oklab color(double t) {
    if (Double.isNaN(t)) {
      throw new IllegalArgumentException("NaN has no place on a colour map; draw it apart");
    }
    Oklab[] knots = t < 0 ? negative : positive;
    double at = Math.clamp(signed ? Math.abs(t) : t, 0.0, 1.0) * KNOTS;
    int below = Math.min((int) at, KNOTS - 1);
    return knots[below].mix(knots[below + 1], at - below);
  }

  /** Chroma rises faster than lightness falls, as far as sRGB goes at hues 30 and 258 alike. */
  private static Oklab arm(double u, double hue) {
    return Oklab.polar(PAPER - 0.53 * u, 0.228 * u * (1.6 - u), hue);
  }

  private static Oklab dusk(double u) {
    return Oklab.polar(PAPER - 0.7 * u, 0.49 * u * (1 - u) + 0.09 * u, 70 - 130 * u);
  }

  private static Oklab ink(double u) {
    return new Oklab(PAPER - 0.85 * u, 0, 0);
  }

  /** KNOTS + 1 colours on the curve over [0, 1], all neighbours equally far apart. */
  private static Oklab[] atConstantSpeed(DoubleFunction<Oklab> curve) {
    int fine = 16 * KNOTS;
    double[] length = new double[fine + 1];
    for (int i = 1; i <= fine; i++) {
      Oklab here = curve.apply((double) i / fine);
      length[i] = length[i - 1] + here.distance(curve.apply((double) (i - 1) / fine));
    }
    Oklab[] knots = new Oklab[KNOTS + 1];
    int i = 0;
    for (int k = 0; k <= KNOTS; k++) {
      double wanted = length[fine] * k / KNOTS;
      while (i < fine - 1 && length[i + 1] < wanted) {
        i++;
      }
      double part = (wanted - length[i]) / (length[i + 1] - length[i]);
      knots[k] = curve.apply((i + part) / fine);
    }
    return knots;
  }
}
