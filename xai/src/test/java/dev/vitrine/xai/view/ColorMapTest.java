package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ColorMapTest {
  private static final int STEPS = 64;

  /** One side of a colour map, from zero outwards. */
  enum Arm {
    FOR,
    AGAINST,
    SEQUENTIAL,
    GREY;

    Oklab[] colors() {
      return switch (this) {
        case FOR -> walk(ColorMap.DIVERGING, 1);
        case AGAINST -> walk(ColorMap.DIVERGING, -1);
        case SEQUENTIAL -> walk(ColorMap.SEQUENTIAL, 1);
        case GREY -> walk(ColorMap.GREY, 1);
      };
    }
  }

  /** The promise itself; 1 % is left for chords cutting the corners of the curve. */
  @ParameterizedTest
  @EnumSource
  void equalStepsAreEquallyLargeInOklab(Arm side) {
    Oklab[] arm = side.colors();
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < arm.length; i++) {
      steps.add(arm[i].distance(arm[i - 1]));
    }
    assertTrue(ratio(steps) < 1.01, () -> "largest by smallest step: " + ratio(steps));
  }

  /** An older measure of seen difference agrees within what the two disagree about: factor 2.5. */
  @ParameterizedTest
  @EnumSource
  void equalStepsAreSimilarlyLargeInCielab(Arm side) {
    Oklab[] arm = side.colors();
    List<Double> steps = new ArrayList<>();
    for (int i = 1; i < arm.length; i++) {
      double[] p = cielab(arm[i - 1]);
      double[] q = cielab(arm[i]);
      steps.add(Math.sqrt(square(p[0] - q[0]) + square(p[1] - q[1]) + square(p[2] - q[2])));
    }
    assertTrue(ratio(steps) < 2.5, () -> "largest by smallest step: " + ratio(steps));
  }

  @ParameterizedTest
  @EnumSource
  void furtherFromZeroIsDarkerInBothMeasures(Arm side) {
    Oklab[] arm = side.colors();
    for (int i = 1; i < arm.length; i++) {
      assertTrue(arm[i].lightness() < arm[i - 1].lightness());
      assertTrue(cielab(arm[i])[0] < cielab(arm[i - 1])[0]);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyColourCanBeShown(Arm side) {
    Oklab[] arm = side.colors();
    for (Oklab color : arm) {
      for (double component : color.srgb()) {
        // A hundredth of an 8-bit step: rounding of the matrices.
        assertTrue(component > -4e-5 && component < 1 + 4e-5, "component " + component);
      }
    }
  }

  @Test
  void oppositeValuesAreEquallyDark() {
    Oklab[] positive = Arm.FOR.colors();
    Oklab[] negative = Arm.AGAINST.colors();
    for (int i = 0; i <= STEPS; i++) {
      // Same curve twice; the sum of squares of its chords is rounded differently for each hue.
      assertEquals(positive[i].lightness(), negative[i].lightness(), 1e-9);
      // CIELAB thinks saturated blue darker than Oklab does.
      assertEquals(cielab(positive[i])[0], cielab(negative[i])[0], 6);
    }
  }

  /**
   * Full dichromacy simulated with the matrices of Machado, Oliveira and Fernandes (2009), severity
   * 1: at least 60 % of the distance between opposite values remains.
   */
  @Test
  void signsAreToldApartWithAnyColourVision() {
    double[][][] deficiencies = {
      {
        {0.152286, 1.052583, -0.204868},
        {0.114503, 0.786281, 0.099216},
        {-0.003882, -0.048116, 1.051998}
      },
      {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
      },
      {
        {1.255528, -0.076749, -0.178779},
        {-0.078411, 0.930809, 0.147602},
        {0.004733, 0.691367, 0.303900}
      }
    };
    for (double t : new double[] {0.1, 0.25, 0.5, 0.75, 1}) {
      Oklab plus = ColorMap.DIVERGING.color(t);
      Oklab minus = ColorMap.DIVERGING.color(-t);
      for (double[][] seen : deficiencies) {
        double left = through(seen, plus).distance(through(seen, minus)) / plus.distance(minus);
        assertTrue(left > 0.6, left + " of the distance is left at t = " + t);
      }
    }
  }

  @Test
  void valuesBeyondTheEndsAreCut() {
    assertEquals(ColorMap.DIVERGING.rgb(1), ColorMap.DIVERGING.rgb(7));
    assertEquals(ColorMap.DIVERGING.rgb(-1), ColorMap.DIVERGING.rgb(Double.NEGATIVE_INFINITY));
    assertEquals(ColorMap.SEQUENTIAL.rgb(0), ColorMap.SEQUENTIAL.rgb(-0.3));
  }

  @Test
  void zeroIsNearlyPaperAndGrey() {
    for (ColorMap map : List.of(ColorMap.DIVERGING, ColorMap.SEQUENTIAL, ColorMap.GREY)) {
      assertEquals(0xF7F7F7, map.rgb(0));
      assertEquals(0xF7F7F7, map.rgb(-0.0));
    }
  }

  @Test
  void nanHasNoColour() {
    assertThrows(IllegalArgumentException.class, () -> ColorMap.GREY.rgb(Double.NaN));
  }

  private static Oklab[] walk(ColorMap map, int sign) {
    Oklab[] colors = new Oklab[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      colors[i] = map.color(sign * (double) i / STEPS);
    }
    return colors;
  }

  private static double ratio(List<Double> steps) {
    return steps.stream().mapToDouble(s -> s).max().orElseThrow()
        / steps.stream().mapToDouble(s -> s).min().orElseThrow();
  }

  /** CIE 1976 L*a*b* under D65 (CIE 015:2018), from linear sRGB. */
  private static double[] cielab(Oklab color) {
    double[] c = linear(color.srgb());
    double x = f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
    double y = f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
    double z = f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double v) {
    double edge = 6.0 / 29;
    return v > edge * edge * edge ? StrictMath.cbrt(v) : v / (3 * edge * edge) + 4.0 / 29;
  }

  private static Oklab through(double[][] matrix, Oklab color) {
    double[] c = linear(color.srgb());
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      double v = matrix[i][0] * c[0] + matrix[i][1] * c[1] + matrix[i][2] * c[2];
      double cut = Math.clamp(v, 0.0, 1.0);
      seen[i] = cut <= 0.0031308 ? 12.92 * cut : 1.055 * StrictMath.pow(cut, 1 / 2.4) - 0.055;
    }
    return Oklab.ofSrgb(seen[0], seen[1], seen[2]);
  }

  private static double[] linear(double[] srgb) {
    double[] c = new double[3];
    for (int i = 0; i < 3; i++) {
      c[i] = srgb[i] <= 0.04045 ? srgb[i] / 12.92 : StrictMath.pow((srgb[i] + 0.055) / 1.055, 2.4);
    }
    return c;
  }

  private static double square(double v) {
    return v * v;
  }
}
