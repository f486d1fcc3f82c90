package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
  @Test
  void nearestRepeatsAndDrops() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 1), 1f, 2f, 3f);
    Tensor wide = Samples.blank(1, 2, 7, 1);
    KERNELS.interpolate(Interpolation.NEAREST, x, wide);
    assertArrayEquals(
        new float[] {1, 1, 1, 2, 2, 3, 3},
        wide.rows(0, 1).reshape(Shape.of(2, 7)).rows(1, 2).toFloats());
    Tensor narrow = Samples.blank(1, 1, 2, 1);
    KERNELS.interpolate(Interpolation.NEAREST, x, narrow);
    assertArrayEquals(new float[] {1, 2}, narrow.toFloats());
  }

  @Test
  void bilinearUsesHalfPixelCentres() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 1), 0f, 4f);
    Tensor y = Samples.blank(1, 1, 4, 1);
    KERNELS.interpolate(Interpolation.BILINEAR, x, y);
    assertArrayEquals(new float[] {0, 1, 3, 4}, y.toFloats());
  }

  @Test
  void beyondTheEdgesPixelsAreRepeatedBitByBit() {
    Tensor x = Tensor.of(Shape.of(1, 1, 2, 1), 0.1f, 0.7f);
    for (int out = 3; out < 40; out++) {
      Tensor y = Samples.blank(1, 1, out, 1);
      KERNELS.interpolate(Interpolation.BILINEAR, x, y);
      for (int j = 0; 4 * j + 2 <= out; j++) {
        assertEquals(0.1f, y.at(j));
        assertEquals(0.7f, y.at(out - 1 - j));
      }
    }
  }

  @Test
  void cornersStayOnCorners() {
    Tensor x = Tensor.of(Shape.of(1, 1, 3, 1), 1f, 5f, 9f);
    Tensor y = Samples.blank(1, 1, 5, 1);
    KERNELS.interpolate(Interpolation.BILINEAR_CORNERS, x, y);
    assertArrayEquals(new float[] {1, 3, 5, 7, 9}, y.toFloats());
  }

  /** One axis in binary64: position clamped, then a blend. */
  private static double[] weights(Interpolation mode, int i, int in, int out) {
    double centre = (i + 0.5) * in / out - 0.5;
    double corner = out == 1 ? 0 : (double) i * (in - 1) / (out - 1);
    double p = mode == Interpolation.BILINEAR ? Math.min(Math.max(centre, 0), in - 1) : corner;
    double[] w = new double[in];
    int lo = (int) Math.floor(p);
    w[lo] += 1 - (p - lo);
    if (lo + 1 < in) {
      w[lo + 1] += p - lo;
    }
    return w;
  }

  @ParameterizedTest
  @CsvSource({"3,4,7,9", "7,9,3,4", "1,1,4,3", "5,5,5,5", "4,6,8,3", "2,3,1,1"})
  void bilinearAgreesWithBinary64(int h, int w, int outH, int outW) {
    agreesWithBinary64(Interpolation.BILINEAR, h, w, outH, outW);
    agreesWithBinary64(Interpolation.BILINEAR_CORNERS, h, w, outH, outW);
  }

  private static void agreesWithBinary64(Interpolation mode, int h, int w, int outH, int outW) {
    Tensor x = Samples.normal(1, 2, h, w, 3);
    Tensor y = Samples.blank(2, outH, outW, 3);
    KERNELS.interpolate(mode, x, y);
    int at = 0;
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < outH; i++) {
        for (int j = 0; j < outW; j++) {
          for (int c = 0; c < 3; c++) {
            double want = 0;
            for (int ih = 0; ih < h; ih++) {
              for (int iw = 0; iw < w; iw++) {
                want +=
                    weights(mode, i, h, outH)[ih]
                        * weights(mode, j, w, outW)[iw]
                        * x.at(((n * h + ih) * w + iw) * 3 + c);
              }
            }
            // weights carry three roundings, the chain four; values are below 4
            assertEquals(want, y.at(at++), 2e-6);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,4,7,9", "7,9,3,4", "1,1,4,3", "5,5,5,5"})
  void gradientsAreTransposes(int h, int w, int outH, int outW) {
    for (Interpolation mode : Interpolation.values()) {
      Tensor x = Samples.normal(1, 2, h, w, 3);
      Tensor dy = Samples.normal(2, 2, outH, outW, 3);
      Tensor y = Samples.blank(2, outH, outW, 3);
      Tensor dx = Samples.blank(2, h, w, 3);
      KERNELS.interpolate(mode, x, y);
      KERNELS.interpolateData(mode, dy, dx);
      // a few hundred products near 1, each with a handful of roundings of 2^-24
      assertEquals(Samples.inner(y, dy), Samples.inner(x, dx), 1e-4);
    }
  }
}
