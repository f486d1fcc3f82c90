package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * y = (Σ of the taps of a window that lie inside the image) ÷ count, one chain from +0: channels
 * are lanes.
 */
final class AveragePool {
  private AveragePool() {}

  static void avgPool2d(
      Team.Member member, Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    Shape s = y.shape();
    int rows = s.dim(0) * s.dim(1);
    long work = y.size() * kh * kw;
    int to = member.to(rows, work);
    for (int r = member.from(rows, work); r < to; r++) {
      int n = r / s.dim(1);
      int oh = r % s.dim(1);
      for (int ow = 0; ow < s.dim(2); ow++) {
        window(false, g, kh, kw, countPad, x, n, oh, ow, s.dim(1), s.dim(2), y);
      }
    }
  }

  /** Windows ascending; each gives dy ÷ count to every tap inside the image. */
  static void avgPool2dData(
      Team.Member member, Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    Shape s = dy.shape();
    long work = dy.size() * kh * kw;
    int to = member.to(s.dim(0), work);
    long image = s.dim(0) == 0 ? 0 : dx.size() / s.dim(0);
    for (int n = member.from(s.dim(0), work); n < to; n++) {
      Raw.fill(0, dx.address() + 4 * n * image, Math.toIntExact(image));
      for (int oh = 0; oh < s.dim(1); oh++) {
        for (int ow = 0; ow < s.dim(2); ow++) {
          window(true, g, kh, kw, countPad, dx, n, oh, ow, s.dim(1), s.dim(2), dy);
        }
      }
    }
  }

  /** One window of the image x and its output pixel in y. */
  private static void window(
      boolean backward,
      Window g,
      int kernelH,
      int kernelW,
      boolean countPad,
      Tensor x,
      int n,
      int oh,
      int ow,
      int outH,
      int outW,
      Tensor y) {
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    int top = oh * g.strideH() - g.padH();
    int left = ow * g.strideW() - g.padW();
    int rows = Windows.count(top, g.dilationH(), kernelH, height);
    int columns = Windows.count(left, g.dilationW(), kernelW, width);
    int count = countPad ? kernelH * kernelW : rows * columns;
    int row = top + Windows.first(top, g.dilationH(), kernelH) * g.dilationH();
    int column = left + Windows.first(left, g.dilationW(), kernelW) * g.dilationW();
    long first = x.address() + 4 * (((long) n * height + row) * width + column) * channels;
    long down = 4L * g.dilationH() * width * channels;
    long right = 4L * g.dilationW() * channels;
    long at = y.address() + 4 * (((long) n * outH + oh) * outW + ow) * channels;
    for (int c = 0; c < channels; c += WIDTH) {
      long f = first + 4L * c;
      if (backward) {
        spread(f, rows * columns, columns, down, right, count, channels - c, at + 4L * c);
      } else {
        mean(f, rows * columns, columns, down, right, count, channels - c, at + 4L * c);
      }
    }
  }

  private static void mean(
      long at, int taps, int columns, long down, long right, int count, int channels, long y) {
    VectorMask<Float> m = Raw.first(channels);
    FloatVector chain = all(0);
    int column = 0;
    for (int t = 0; t < taps; t++) {
      chain = chain.add(vector(at, m));
      column++;
      boolean end = column == columns;
      at += end ? down - (columns - 1) * right : right;
      column = end ? 0 : column;
    }
    put(chain.div(count), y, m);
  }

  private static void spread(
      long at, int taps, int columns, long down, long right, int count, int channels, long dy) {
    VectorMask<Float> m = Raw.first(channels);
    FloatVector share = vector(dy, m).div(count);
    int column = 0;
    for (int t = 0; t < taps; t++) {
      put(vector(at, m).add(share), at, m);
      column++;
      boolean end = column == columns;
      at += end ? down - (columns - 1) * right : right;
      column = end ? 0 : column;
    }
  }
}
