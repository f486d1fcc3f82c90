package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;

/** y = the largest element of each window and where it is: channels are lanes. */
final class MaxPool {
  private MaxPool() {}

  static void maxPool2d(
      Team.Member member, Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    Shape s = y.shape();
    int rows = s.dim(0) * s.dim(1);
    long work = y.size() * kh * kw;
    int to = member.to(rows, work);
    for (int r = member.from(rows, work); r < to; r++) {
      row(g, kh, kw, x, r / s.dim(1), r % s.dim(1), y, index);
    }
  }

  private static void row(
      Window g, int kernelH, int kernelW, Tensor x, int n, int oh, Tensor y, Tensor index) {
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    int outW = y.shape().dim(2);
    int top = oh * g.strideH() - g.padH();
    int khFrom = Windows.first(top, g.dilationH(), kernelH);
    int rows = Windows.last(top, g.dilationH(), kernelH, height) - khFrom;
    int down = g.dilationH() * width * channels;
    int right = g.dilationW() * channels;
    int step = g.strideW() * channels;
    long image = x.address() + 4L * n * height * width * channels;
    long at = 4L * ((long) n * y.shape().dim(1) + oh) * outW * channels;
    int reach = width - 1 - (kernelW - 1) * g.dilationW() + g.padW();
    int from = Math.min(outW, Math.ceilDiv(g.padW(), g.strideW())); // windows inside from left to
    int to = Math.clamp(Math.floorDiv(reach, g.strideW()) + 1, from, outW); // right: from … to
    for (int ow = 0, count; ow < outW; ow += count, at += 4L * count * channels) {
      count = ow == from && to > from ? to - from : 1;
      int left = ow * g.strideW() - g.padW();
      int kwFrom = Windows.first(left, g.dilationW(), kernelW);
      int columns = Windows.last(left, g.dilationW(), kernelW, width) - kwFrom;
      int first =
          ((top + khFrom * g.dilationH()) * width + left + kwFrom * g.dilationW()) * channels;
      long yi = y.address() + at;
      long ii = index.address() + at;
      if (rows > 0 && columns > 0) {
        long xi = image + 4L * first;
        MaxWindows.run(xi, first, rows, columns, down, down, right, step, count, channels, yi, ii);
      } else { // in the padding altogether
        Raw.fill(Float.NEGATIVE_INFINITY, yi, count * channels);
        Raw.fill(0, ii, count * channels);
      }
    }
  }
}
