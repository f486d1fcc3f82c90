package dev.vitrine.tensor.kernel.scalar;

import static dev.vitrine.tensor.kernel.scalar.Samples.KERNELS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvolutionTest {
  /** x [n, h, w, c], kernel [kh, kw], outputs. */
  private record Case(Window g, int n, int h, int w, int c, int kh, int kw, int outputs) {
    Tensor x() {
      return Samples.rough(1, n, h, w, c);
    }

    Tensor weight() {
      return Samples.rough(2, kh, kw, c / g.groups(), outputs);
    }

    int outH() {
      return g.outH(h, kh);
    }

    int outW() {
      return g.outW(w, kw);
    }

    Tensor dy() {
      return Samples.rough(3, n, outH(), outW(), outputs);
    }

    boolean row(int ih) {
      return ih >= 0 && ih < h;
    }

    int ih(int oh, int kh) {
      return oh * g.strideH() + kh * g.dilationH() - g.padH();
    }

    int iw(int ow, int kw) {
      return ow * g.strideW() + kw * g.dilationW() - g.padW();
    }

    /** +0 in the padding. */
    float x(Tensor x, int n, int ih, int iw, int c) {
      return iw < 0 || iw >= w ? 0 : x.at(((n * h + ih) * w + iw) * this.c + c);
    }

    int group(int o) {
      return o / (outputs / g.groups());
    }

    int depth() {
      return c / g.groups();
    }
  }

  static Stream<Case> cases() {
    Window u = Window.UNIT;
    return Stream.of(
        new Case(u, 2, 5, 6, 3, 3, 3, 4),
        new Case(u, 1, 4, 4, 1, 1, 1, 1),
        new Case(u.padding(1, 2), 2, 4, 5, 2, 3, 3, 3),
        new Case(u.stride(2, 3).padding(1, 1), 1, 7, 8, 2, 3, 3, 2),
        new Case(u.stride(3, 2), 1, 8, 8, 2, 2, 1, 2),
        new Case(u.dilation(2, 3).padding(2, 3), 1, 6, 7, 2, 3, 3, 2),
        new Case(u.stride(2, 2).dilation(2, 1).padding(3, 2), 2, 6, 5, 4, 3, 4, 6),
        new Case(u.groups(2), 1, 4, 5, 6, 2, 3, 4),
        new Case(u.groups(4).padding(1, 1), 2, 3, 3, 4, 3, 3, 8),
        new Case(u.padding(1, 1), 1, 3, 3, 100, 3, 3, 90),
        new Case(u.padding(0, 1), 1, 1, 2, 600, 1, 2, 520),
        new Case(u.padding(1, 0), 1, 2, 2, 512, 2, 2, 257),
        new Case(u.padding(0, 1), 3, 4, 250, 1, 2, 3, 2),
        new Case(u.padding(1, 0), 2, 3, 1200, 1, 3, 2, 1),
        new Case(u.padding(4, 4), 1, 2, 2, 2, 3, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsFollowTheContract(Case k) {
    Tensor x = k.x();
    Tensor w = k.weight();
    Tensor bias = Samples.rough(4, k.outputs);
    Tensor y = Samples.blank(k.n, k.outH(), k.outW(), k.outputs);
    KERNELS.conv2d(k.g, x, w, bias, y);
    int yi = 0;
    for (int n = 0; n < k.n; n++) {
      for (int oh = 0; oh < k.outH(); oh++) {
        for (int ow = 0; ow < k.outW(); ow++) {
          for (int o = 0; o < k.outputs; o++) {
            var dot = new ChunkedLiterally(k.depth());
            for (int term = 0; term < k.kh * k.kw * k.depth(); term++) {
              int tap = term / k.depth();
              int i = term % k.depth();
              int ih = k.ih(oh, tap / k.kw);
              if (k.row(ih)) {
                float v = k.x(x, n, ih, k.iw(ow, tap % k.kw), k.group(o) * k.depth() + i);
                dot.take(tap, i, v, w.at(term * k.outputs + o));
              }
            }
            assertEquals(dot.result() + bias.at(o), y.at(yi++));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void dataGradientsFollowTheContract(Case k) {
    Tensor dy = k.dy();
    Tensor w = k.weight();
    Tensor dx = Samples.blank(k.n, k.h, k.w, k.c);
    KERNELS.conv2dData(k.g, dy, w, dx);
    int perGroup = k.outputs / k.g.groups();
    int xi = 0;
    for (int n = 0; n < k.n; n++) {
      for (int ih = 0; ih < k.h; ih++) {
        for (int iw = 0; iw < k.w; iw++) {
          for (int i = 0; i < k.c; i++) {
            var dot = new ChunkedLiterally(perGroup);
            for (int tap = 0; tap < k.kh * k.kw; tap++) {
              int oh =
                  outputAt(ih, k.outH(), tap / k.kw, k.g.strideH(), k.g.dilationH(), k.g.padH());
              int ow =
                  outputAt(iw, k.outW(), tap % k.kw, k.g.strideW(), k.g.dilationW(), k.g.padW());
              if (oh < 0 || ow == BETWEEN) {
                continue;
              }
              for (int q = 0; q < perGroup; q++) {
                int o = i / k.depth() * perGroup + q;
                float v =
                    ow == BEYOND ? 0 : dy.at(((n * k.outH() + oh) * k.outW() + ow) * k.outputs + o);
                dot.take(tap, q, v, w.at((tap * k.depth() + i % k.depth()) * k.outputs + o));
              }
            }
            assertEquals(dot.result(), dx.at(xi++));
          }
        }
      }
    }
  }

  private static final int BETWEEN = -1;
  private static final int BEYOND = -2;

  /**
   * The output that reads input {@code at} through this tap, by trying all, also those that are not
   * there.
   */
  private static int outputAt(int at, int outputs, int tap, int stride, int dilation, int pad) {
    for (int o = -10; o < outputs + 10; o++) {
      if (o * stride + tap * dilation - pad == at) {
        return o >= 0 && o < outputs ? o : BEYOND;
      }
    }
    return BETWEEN;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void weightGradientsFollowTheContract(Case k) {
    Tensor x = k.x();
    Tensor dy = k.dy();
    Tensor dw = Samples.blank(k.kh, k.kw, k.depth(), k.outputs);
    KERNELS.conv2dWeights(k.g, x, dy, dw);
    for (int at = 0; at < dw.size(); at++) {
      int o = at % k.outputs;
      int i = at / k.outputs % k.depth();
      int tap = at / k.outputs / k.depth();
      var dot = new ChunkedLiterally(k.outW());
      for (int row = 0; row < k.n * k.outH(); row++) {
        int n = row / k.outH();
        int ih = k.ih(row % k.outH(), tap / k.kw);
        for (int ow = 0; ow < k.outW() && k.row(ih); ow++) {
          float v = k.x(x, n, ih, k.iw(ow, tap % k.kw), k.group(o) * k.depth() + i);
          dot.take(row, ow, v, dy.at((row * k.outW() + ow) * k.outputs + o));
        }
      }
      assertEquals(dot.result(), dw.at(at));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreTransposes(Case k) {
    Tensor x = k.x();
    Tensor w = k.weight();
    Tensor dy = k.dy();
    Tensor y = Samples.blank(dy.shape().dims());
    Tensor dx = Samples.blank(x.shape().dims());
    Tensor dw = Samples.blank(w.shape().dims());
    KERNELS.conv2d(k.g, x, w, null, y);
    KERNELS.conv2dData(k.g, dy, w, dx);
    KERNELS.conv2dWeights(k.g, x, dy, dw);
    double want = Samples.inner(y, dy);
    // each of the sums carries roundings of 2^-24 relative to the magnitudes; 1e-5 of their norm is
    // ample
    double size =
        Math.sqrt(Samples.inner(y, y) * Samples.inner(dy, dy))
            + Math.sqrt(Samples.inner(dx, dx) * Samples.inner(x, x));
    assertEquals(want, Samples.inner(x, dx), 1e-5 * size);
    assertEquals(want, Samples.inner(w, dw), 1e-5 * size);
  }

  @Test
  void horizontalPaddingTakesPartAndVerticalPaddingDoesNot() {
    Tensor x = Samples.floats(1).reshape(Shape.of(1, 1, 1, 1));
    Tensor y = Samples.blank(1, 1, 1, 1);
    Tensor beside = Tensor.of(Shape.of(1, 3, 1, 1), Float.NaN, 1f, 1f);
    KERNELS.conv2d(Window.UNIT.padding(0, 1), x, beside, null, y);
    assertEquals(Float.NaN, y.item());
    Tensor above = Tensor.of(Shape.of(3, 1, 1, 1), Float.NaN, 1f, 1f);
    KERNELS.conv2d(Window.UNIT.padding(1, 0), x, above, null, y);
    assertEquals(1, y.item());
  }

  @Test
  void dataGradientsTreatPaddingLikeOutputs() {
    Tensor dy = Samples.floats(1).reshape(Shape.of(1, 1, 1, 1));
    Tensor dx = Samples.blank(1, 1, 1, 1);
    Tensor beyond = Tensor.of(Shape.of(1, 3, 1, 1), Float.NaN, 1f, 1f);
    KERNELS.conv2dData(Window.UNIT.padding(0, 1), dy, beyond, dx);
    assertEquals(Float.NaN, dx.item());
    KERNELS.conv2dData(Window.UNIT.padding(0, 1).stride(1, 2), dy, beyond, dx);
    assertEquals(1, dx.item());
    Tensor above = Tensor.of(Shape.of(3, 1, 1, 1), Float.NaN, 1f, 1f);
    KERNELS.conv2dData(Window.UNIT.padding(1, 0), dy, above, dx);
    assertEquals(1, dx.item());
  }

  @Test
  void weightGradientsTreatPaddingLikeOutputs() {
    Tensor x = Samples.floats(1).reshape(Shape.of(1, 1, 1, 1));
    Tensor dy = Samples.floats(Float.POSITIVE_INFINITY).reshape(Shape.of(1, 1, 1, 1));
    Tensor wide = Samples.blank(1, 3, 1, 1);
    KERNELS.conv2dWeights(Window.UNIT.padding(0, 1), x, dy, wide);
    assertArrayEquals(new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NaN}, wide.toFloats());
    Tensor high = Samples.blank(3, 1, 1, 1);
    KERNELS.conv2dWeights(Window.UNIT.padding(1, 0), x, dy, high);
    assertArrayEquals(new float[] {0, Float.POSITIVE_INFINITY, 0}, high.toFloats());
  }

  @Test
  void anImageDoesNotDependOnItsNeighbours() {
    Tensor x = Samples.rough(1, 3, 5, 5, 40);
    Tensor w = Samples.rough(2, 3, 3, 40, 7);
    Tensor all = Samples.blank(3, 3, 3, 7);
    Tensor one = Samples.blank(1, 3, 3, 7);
    KERNELS.conv2d(Window.UNIT, x, w, null, all);
    KERNELS.conv2d(Window.UNIT, x.rows(1, 2), w, null, one);
    assertArrayEquals(one.toFloats(), all.rows(1, 2).toFloats());
  }
}
