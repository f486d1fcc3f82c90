package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * y[n, oh, ow, o] = f(Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] +
 * bias[o]), bias and f if there are any.
 */
final class Convolution {
  /** Floats of rows that a pool reads at a time: they are still in the first-level cache then. */
  private static final int LINES = 6 << 10;

  private static final Activation RELU = new Activation(Unary.RELU, 0, 0);

  private Convolution() {}

  static void conv2d(
      Scratch s,
      Team.Member member,
      Window g,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      @Nullable Activation f,
      Tensor y) {
    Shape in = x.shape();
    Shape out = y.shape();
    int columns = out.dim(3) / g.groups();
    int height = out.dim(1);
    long pixel = 4L * out.dim(3);
    long row = pixel * out.dim(2);
    long image = 4L * in.dim(1) * in.dim(2) * in.dim(3);
    for (int group = 0; group < g.groups(); group++) {
      prepare(s, g, group, x, w, out.dim(2));
      s.product.then(address(bias, group * columns), f);
      long work = y.size() / g.groups() * s.patches.terms();
      int to = member.to(out.dim(0) * height, work);
      for (int i = member.from(out.dim(0) * height, work); i < to; ) { // this member's rows of y
        int n = i / height;
        int first = i % height;
        int last = Math.min(height, first + to - i);
        long yn = n * height * row + 4L * group * columns;
        s.patches.run(x.address() + n * image, first, last, columns, y.segment(), yn, row, pixel);
        i += last - first;
      }
    }
  }

  /**
   * y, index = max pool of z, which is the above with or without a relu: a few rows of z are made,
   * without the pixels that no window sees, and pooled while they are in the cache.
   */
  static void conv2dPool(
      Scratch s,
      Team.Member member,
      Window g,
      Pool pool,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y,
      Tensor index) {
    Shape in = x.shape();
    Shape out = y.shape();
    int channels = out.dim(3);
    int seen = (out.dim(2) - 1) * pool.strideW() + pool.kw();
    prepare(s, g, 0, x, w, seen);
    s.product.then(address(bias, 0), pool.relu() ? RELU : null);
    int line = seen * channels; // of z where it is made; a row of all its pixels:
    int row = g.outW(in.dim(2), w.shape().dim(1)) * channels;
    boolean gaps = pool.strideH() > pool.kh();
    int atOnce = gaps ? 1 : Math.max(1, LINES / (pool.kh() * line));
    MemorySegment lines = s.lines.floats((long) atOnce * pool.kh() * line);
    long image = 4L * in.dim(1) * in.dim(2) * in.dim(3);
    int rows = out.dim(0) * out.dim(1);
    long work = y.size() * pool.kh() * pool.kw() * s.patches.terms();
    int to = member.to(rows, work);
    for (int i = member.from(rows, work); i < to; ) { // this member's rows of y
      int n = i / out.dim(1);
      int first = i % out.dim(1);
      int count = Math.min(atOnce, Math.min(out.dim(1) - first, to - i));
      int top = first * pool.strideH();
      int end = top + (count - 1) * pool.strideH() + pool.kh();
      long z = -4L * top * line;
      long xn = x.address() + n * image;
      s.patches.run(xn, top, end, channels, lines, z, 4L * line, 4L * channels);
      for (int k = 0; k < count; k++) {
        long at = 4L * (i + k) * out.dim(2) * channels;
        MaxWindows.run(
            lines.address() + 4L * k * pool.kh() * line,
            (first + k) * pool.strideH() * row,
            pool.kh(),
            pool.kw(),
            line,
            row,
            channels,
            pool.strideW() * channels,
            out.dim(2),
            channels,
            y.address() + at,
            index.address() + at);
      }
      i += count;
    }
  }

  /** A group's patches, {@code gridW} points in a row, and its weights. */
  private static void prepare(Scratch s, Window g, int group, Tensor x, Tensor w, int gridW) {
    Shape in = x.shape();
    Shape kernel = w.shape();
    int depth = kernel.dim(2);
    int outputs = kernel.dim(3);
    int columns = outputs / g.groups();
    Patches patches = s.patches;
    patches.source(in.dim(1), in.dim(2), in.dim(3), group * depth, depth);
    patches.grid(gridW, g.strideH(), g.strideW(), kernel.dim(1));
    for (int kh = 0; kh < kernel.dim(0); kh++) {
      patches.row(kh, kh * g.dilationH() - g.padH());
    }
    for (int kw = 0; kw < kernel.dim(1); kw++) {
      patches.column(kw, kw * g.dilationW() - g.padW());
    }
    int terms = patches.terms();
    long shift = 4L * group * columns;
    long weights = w.address() + shift;
    int whole = Panels.whole(columns);
    long panels = s.panels.address(Panels.size(terms, columns - whole));
    Panels.pack(weights + 4L * whole, 4L * outputs, terms, columns - whole, panels, 0, terms);
    s.product.right(weights, 4L * outputs, whole, panels, terms);
  }

  private static long address(@Nullable Tensor bias, int first) {
    return bias == null ? Product.NO_BIAS : bias.address() + 4L * first;
  }
}
