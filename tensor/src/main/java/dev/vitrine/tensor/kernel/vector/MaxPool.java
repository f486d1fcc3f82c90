package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.I;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

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
    long image = x.address() + 4L * n * height * width * channels;
    long at = 4L * ((long) n * y.shape().dim(1) + oh) * outW * channels;
    for (int ow = 0; ow < outW; ow++, at += 4L * channels) {
      int left = ow * g.strideW() - g.padW();
      int kwFrom = Windows.first(left, g.dilationW(), kernelW);
      int columns = Windows.last(left, g.dilationW(), kernelW, width) - kwFrom;
      int first =
          ((top + khFrom * g.dilationH()) * width + left + kwFrom * g.dilationW()) * channels;
      int taps = Math.max(0, rows) * Math.max(0, columns);
      for (int c = 0; c < channels; c += WIDTH) {
        long yc = y.address() + at + 4L * c;
        long ic = index.address() + at + 4L * c;
        window(image, first + c, taps, columns, down, right, channels - c, yc, ic);
      }
    }
  }

  /** A window that lies in the padding altogether gives −∞ at 0. */
  private static void window(
      long image,
      int first,
      int taps,
      int columns,
      int down,
      int right,
      int left,
      long y,
      long index) {
    VectorMask<Float> m = Raw.first(left);
    FloatVector best = all(Float.NEGATIVE_INFINITY);
    IntVector where = taps == 0 ? IntVector.zero(I) : IntVector.broadcast(I, first).addIndex(1);
    IntVector lane = IntVector.zero(I).addIndex(1);
    int column = 0;
    int at = first;
    for (int t = 0; t < taps; t++) {
      FloatVector v = vector(image + 4L * at, m);
      VectorMask<Float> better = Extrema.above(v, best);
      best = best.blend(v, better);
      where = where.blend(lane.add(at), better.cast(I));
      column++;
      boolean end = column == columns;
      at += end ? down - (columns - 1) * right : right;
      column = end ? 0 : column;
    }
    put(best, y, m);
    put(where.reinterpretAsFloats(), index, m);
  }
}
