package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;

/** y = (Σ of the taps of a window that lie inside the image) ÷ count, one chain from +0. */
final class AveragePool {
  private AveragePool() {}

  static void avgPool2d(Window g, int kernelH, int kernelW, boolean countPad, Tensor x, Tensor y) {
    Shape s = y.shape();
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int oh = 0; oh < s.dim(1); oh++) {
        for (int ow = 0; ow < s.dim(2); ow++) {
          int count = count(g, kernelH, kernelW, countPad, oh, ow, height, width);
          for (int c = 0; c < channels; c++) {
            float chain = 0;
            for (int kh = 0; kh < kernelH; kh++) {
              int ih = oh * g.strideH() + kh * g.dilationH() - g.padH();
              for (int kw = 0; kw < kernelW; kw++) {
                int iw = ow * g.strideW() + kw * g.dilationW() - g.padW();
                if (ih >= 0 && ih < height && iw >= 0 && iw < width) {
                  chain += x.at((((long) n * height + ih) * width + iw) * channels + c);
                }
              }
            }
            y.put(yi++, chain / count);
          }
        }
      }
    }
  }

  /** Windows ascending; each gives dy ÷ count to every tap inside the image. */
  static void avgPool2dData(
      Window g, int kernelH, int kernelW, boolean countPad, Tensor dy, Tensor dx) {
    Shape s = dy.shape();
    int height = dx.shape().dim(1);
    int width = dx.shape().dim(2);
    int channels = dx.shape().dim(3);
    Elementwise.fill(0, dx);
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int oh = 0; oh < s.dim(1); oh++) {
        for (int ow = 0; ow < s.dim(2); ow++) {
          int count = count(g, kernelH, kernelW, countPad, oh, ow, height, width);
          for (int c = 0; c < channels; c++) {
            float share = dy.at(yi++) / count;
            for (int kh = 0; kh < kernelH; kh++) {
              int ih = oh * g.strideH() + kh * g.dilationH() - g.padH();
              for (int kw = 0; kw < kernelW; kw++) {
                int iw = ow * g.strideW() + kw * g.dilationW() - g.padW();
                if (ih >= 0 && ih < height && iw >= 0 && iw < width) {
                  long xi = (((long) n * height + ih) * width + iw) * channels + c;
                  dx.put(xi, dx.at(xi) + share);
                }
              }
            }
          }
        }
      }
    }
  }

  private static int count(
      Window g, int kh, int kw, boolean countPad, int oh, int ow, int height, int width) {
    if (countPad) {
      return kh * kw;
    }
    return inside(oh * g.strideH() - g.padH(), kh, g.dilationH(), height)
        * inside(ow * g.strideW() - g.padW(), kw, g.dilationW(), width);
  }

  /** How many of the places first, first + d, …, first + (k − 1)·d lie in [0, extent). */
  private static int inside(int first, int k, int d, int extent) {
    int count = 0;
    for (int i = 0; i < k; i++) {
      int at = first + i * d;
      count += at >= 0 && at < extent ? 1 : 0;
    }
    return count;
  }
}
