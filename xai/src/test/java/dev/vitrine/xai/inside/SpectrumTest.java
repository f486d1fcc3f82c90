package dev.vitrine.xai.inside;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpectrumTest {
  private static final int H = 5;
  private static final int W = 4;
  private static final int C = 2;

  private static double[] random(long seed, int n) {
    var stream = new RandomStream(seed, 0, 0);
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = stream.normal();
    }
    return all;
  }

  /** The double sum as it is written. */
  @Test
  void paintingIsTheFormula() {
    double decay = 1.5;
    var spectrum = new Spectrum(H, W, C, decay);
    double[] p = random(1, spectrum.size());
    double[] z = spectrum.paint(p);
    for (int y = 0; y < H; y++) {
      for (int x = 0; x < W; x++) {
        for (int c = 0; c < C; c++) {
          double sum = 0;
          for (int u = 0; u < H; u++) {
            for (int v = 0; v < W; v++) {
              double fu = (u <= H / 2 ? u : u - H) / (double) H;
              double fv = (v <= W / 2 ? v : v - W) / (double) W;
              double f = Math.max(StrictMath.hypot(fu, fv), 0.2);
              double s = 0.25 / Math.sqrt(H * W) / StrictMath.pow(f, decay);
              double angle = 2 * Math.PI * ((double) u * y / H + (double) v * x / W);
              int at = u * W + v;
              sum += s * p[2 * c * H * W + at] * StrictMath.cos(angle);
              sum -= s * p[(2 * c + 1) * H * W + at] * StrictMath.sin(angle);
            }
          }
          assertEquals(sum, z[(y * W + x) * C + c], 1e-13, "40 doubles of size 1");
        }
      }
    }
  }

  @Test
  void goingBackIsTheTranspose() {
    var spectrum = new Spectrum(H, W, C, 1);
    double[] p = random(2, spectrum.size());
    double[] dz = random(3, H * W * C);
    double there = dot(spectrum.paint(p), dz);
    double back = dot(p, spectrum.back(dz));
    assertEquals(there, back, 1e-12, "sums of 80 doubles");
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void theLowestFrequencyIsAnEvenGrey() {
    var spectrum = new Spectrum(H, W, 1, 0);
    double[] p = new double[spectrum.size()];
    p[0] = 4 * Math.sqrt(H * W);
    double[] grey = new double[H * W];
    Arrays.fill(grey, 1);
    assertArrayEquals(grey, spectrum.paint(p), 1e-15);
  }

  @Test
  void onlyImagesHaveOne() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> new Parametrisation.Fourier(1).of(Shape.of(7)));
    assertTrue(e.getMessage().contains("use Pixels"), e.getMessage());
  }
}
