package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;

/**
 * y = the largest element of each window and where it is: the first of equals, the first NaN before
 * all.
 */
final class MaxPool {
  private MaxPool() {}

  static void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    Shape s = y.shape();
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int oh = 0; oh < s.dim(1); oh++) {
        for (int ow = 0; ow < s.dim(2); ow++) {
          for (int c = 0; c < s.dim(3); c++) {
            window(g, kh, kw, x, n, oh, ow, c, y, index, yi++);
          }
        }
      }
    }
  }

  /** A window that lies in the padding altogether gives −∞ at 0. */
  private static void window(
      Window g,
      int kernelH,
      int kernelW,
      Tensor x,
      int n,
      int oh,
      int ow,
      int c,
      Tensor y,
      Tensor index,
      long yi) {
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    long image = (long) n * height * width * channels;
    float best = Float.NEGATIVE_INFINITY;
    int first = -1;
    for (int kh = 0; kh < kernelH; kh++) {
      int ih = oh * g.strideH() + kh * g.dilationH() - g.padH();
      for (int kw = 0; kw < kernelW; kw++) {
        int iw = ow * g.strideW() + kw * g.dilationW() - g.padW();
        if (ih < 0 || ih >= height || iw < 0 || iw >= width) {
          continue;
        }
        int at = (ih * width + iw) * channels + c;
        float v = x.at(image + at);
        if (first < 0 || Extrema.above(v, best)) {
          best = v;
          first = at;
        }
      }
    }
    y.put(yi, best);
    index.putInt(yi, Math.max(first, 0));
  }
}
