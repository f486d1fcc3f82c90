package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;

/**
 * dx[n, ih, iw, i] = Σ_{kh, kw, o} dy[n, (ih + p − kh·d)/s, (iw + p − kw·d)/s, o]·w[kh, kw, i, o].
 *
 * <p>With a stride, the pixels of dx fall into s² classes, each with its own taps: those that don't
 * fall between two outputs. Each class is a convolution of dy with stride 1.
 */
final class ConvolutionData {
  private ConvolutionData() {}

  static void conv2dData(
      Scratch s, Team.Member member, Window g, Gradient dy, Tensor w, Tensor dx) {
    int height = dx.shape().dim(1);
    int rows = dx.shape().dim(0) * height;
    long work = (long) dy.images() * dy.height() * dy.width() * w.size();
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (!SparseData.pays(g, dy, w, dx) || !s.sparseData.prepare(g, dy, w, dx)) {
      allTerms(s, g, dy, w, dx, from, to);
      return;
    }
    for (int row = from, end; row < to; row = end) {
      int start = row / height * height;
      end = Math.min(to, start + height);
      if (!s.sparseData.rows(dy, row / height, row - start, end - start, dx)) {
        allTerms(s, g, dy, w, dx, row, end);
      }
    }
  }

  /** Rows from … to − 1 of dx, counted through all images. */
  private static void allTerms(
      Scratch s, Window g, Gradient dy, Tensor w, Tensor dx, int from, int to) {
    for (int group = 0; group < g.groups() && from < to; group++) {
      for (int top = 0; top < Math.min(g.strideH(), dx.shape().dim(1)); top++) {
        for (int left = 0; left < Math.min(g.strideW(), dx.shape().dim(2)); left++) {
          pixels(s, g, group, top, left, dy, w, dx, from, to);
        }
      }
    }
  }

  /** The pixels (top + r·s, left + q·s). */
  private static void pixels(
      Scratch s,
      Window g,
      int group,
      int top,
      int left,
      Gradient dy,
      Tensor w,
      Tensor dx,
      int from,
      int to) {
    Shape out = dx.shape();
    int depth = dy.channels() / g.groups();
    int columns = w.shape().dim(2);
    Patches patches = s.patches;
    patches.source(dy.height(), dy.width(), dy.channels(), group * depth, depth);
    patches.grid(points(out.dim(2), left, g.strideW()), 1, 1, w.shape().dim(1));
    for (int kh = 0; kh < w.shape().dim(0); kh++) {
      int row = top + g.padH() - kh * g.dilationH();
      if (row % g.strideH() == 0) {
        patches.row(kh, row / g.strideH());
      }
    }
    for (int kw = 0; kw < w.shape().dim(1); kw++) {
      int column = left + g.padW() - kw * g.dilationW();
      if (column % g.strideW() == 0) {
        patches.column(kw, column / g.strideW());
      }
    }
    int terms = patches.terms();
    long panels = s.panels.address(Panels.size(terms, columns));
    pack(patches, w, group * depth, depth, panels);
    s.product.right(panels, terms);
    s.product.then(Product.NO_BIAS, null);

    int height = points(out.dim(1), top, g.strideH());
    long line = 4L * out.dim(2) * out.dim(3);
    long pixel = 4L * out.dim(3);
    long shift = top * line + left * pixel + 4L * group * columns;
    int end = before(to, out.dim(1), top, g.strideH());
    for (int i = before(from, out.dim(1), top, g.strideH()); i < end; ) {
      int n = i / height;
      int first = i % height;
      int last = Math.min(height, first + end - i);
      patches.run(
          dy.rows(n * dy.height(), (n + 1) * dy.height()),
          first,
          last,
          columns,
          dx.segment(),
          n * out.dim(1) * line + shift,
          g.strideH() * line,
          g.strideW() * pixel);
      i += last - first;
    }
  }

  /** Rows {@code top} + a multiple of the stride before a row of images of so many rows. */
  private static int before(int row, int height, int top, int stride) {
    return row / height * points(height, top, stride)
        + Math.max(0, points(row % height, top, stride));
  }

  /** How many of n pixels are {@code first} + a multiple of the stride. */
  private static int points(int n, int first, int stride) {
    return Math.ceilDiv(n - first, stride);
  }

  /** The weights of the taps that take part, inputs and outputs swapped. */
  private static void pack(Patches patches, Tensor w, int first, int depth, long panels) {
    int inputs = w.shape().dim(2);
    int outputs = w.shape().dim(3);
    for (int t = 0; t < patches.taps(); t++) {
      long tap = w.address() + 4 * ((long) patches.number(t) * inputs * outputs + first);
      Panels.packTransposed(tap, 4L * outputs, depth, inputs, panels, t * depth, patches.terms());
    }
  }
}
