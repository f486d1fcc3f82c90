package dev.vitrine.xai.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Colour conversion and smoothing. */
class ColourTest {
  @Test
  void knownColoursInLab() {
    double[][] known = {
      {0, 0, 0, 0, 0, 0},
      {1, 1, 1, 100, 0, 0},
      {1, 0, 0, 53.24, 80.09, 67.20},
      {0, 1, 0, 87.73, -86.18, 83.18},
      {0, 0, 1, 32.30, 79.19, -107.86},
      {0.5, 0.5, 0.5, 53.39, 0, 0},
    };
    for (double[] k : known) {
      double[] lab = Lab.of(new Pixels(1, 1, new double[] {k[0], k[1], k[2]})).values();
      // published to two digits, with slightly other roundings of the primaries
      assertArrayEquals(new double[] {k[3], k[4], k[5]}, lab, 0.02);
    }
  }

  @Test
  void labIsContinuousWhereItsLinesEnd() {
    // the joints of the published constants are not exact: relative gaps below 1e-4
    for (double joint : new double[] {0.04045, 0.0913}) {
      double below = Lab.of(grey(joint - 1e-9)).values()[0];
      double above = Lab.of(grey(joint + 1e-9)).values()[0];
      assertEquals(below, above, 2e-3);
    }
  }

  private static Pixels grey(double v) {
    return new Pixels(1, 1, new double[] {v, v, v});
  }

  /** A sum over the plane, tiled with mirror images. */
  @Test
  void smoothingEqualsTheDefinition() {
    Pixels image = Pixels.of(Images.blocks(4, 7, 3, 8));
    for (double sigma : new double[] {0.5, 1.3, 3}) {
      Pixels got = Gaussian.smooth(image, sigma);
      int reach = (int) (4 * sigma + 0.5);
      for (int i = 0; i < image.values().length; i++) {
        double sum = 0;
        double weights = 0;
        for (int dy = -reach; dy <= reach; dy++) {
          for (int dx = -reach; dx <= reach; dx++) {
            double w = StrictMath.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma));
            int row = mirrored(i / 3 / 7 + dy, 4);
            int column = mirrored(i / 3 % 7 + dx, 7);
            sum += w * image.values()[3 * (row * 7 + column) + i % 3];
            weights += w;
          }
        }
        assertEquals(sum / weights, got.values()[i], 1e-13); // some hundred roundings of 1e-16
      }
    }
  }

  private static int mirrored(int at, int extent) {
    int k = at;
    while (k < 0 || k >= extent) {
      k = k < 0 ? -1 - k : 2 * extent - 1 - k;
    }
    return k;
  }
}
