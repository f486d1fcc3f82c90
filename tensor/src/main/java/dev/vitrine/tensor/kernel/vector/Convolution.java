package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * y[n, oh, ow, o] = Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] (+
 * bias[o]).
 */
final class Convolution {
  private Convolution() {}

  static void conv2d(
      Scratch s,
      Team.Member member,
      Window g,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y) {
    for (int group = 0; group < g.groups(); group++) {
      group(s, member, g, group, x, w, bias, y);
    }
  }

  private static void group(
      Scratch s,
      Team.Member member,
      Window g,
      int group,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y) {
    Shape in = x.shape();
    Shape out = y.shape();
    int depth = w.shape().dim(2);
    int columns = out.dim(3) / g.groups();
    Patches patches = s.patches;
    patches.source(in.dim(1), in.dim(2), in.dim(3), group * depth, depth);
    patches.grid(out.dim(2), g.strideH(), g.strideW(), w.shape().dim(1));
    for (int kh = 0; kh < w.shape().dim(0); kh++) {
      patches.row(kh, kh * g.dilationH() - g.padH());
    }
    for (int kw = 0; kw < w.shape().dim(1); kw++) {
      patches.column(kw, kw * g.dilationW() - g.padW());
    }
    int terms = patches.terms();
    long shift = 4L * group * columns;
    long weights = w.address() + shift;
    int whole = Panels.whole(columns);
    long panels = s.panels.address(Panels.size(terms, columns - whole));
    Panels.pack(weights + 4L * whole, 4L * out.dim(3), terms, columns - whole, panels, 0, terms);
    s.product.right(weights, 4L * out.dim(3), whole, panels, terms);
    long b = bias == null ? Product.NO_BIAS : bias.address() + shift;

    int height = out.dim(1);
    long pixel = 4L * out.dim(3);
    long row = pixel * out.dim(2);
    long image = 4L * in.dim(1) * in.dim(2) * in.dim(3);
    long work = y.size() / g.groups() * terms;
    int to = member.to(out.dim(0) * height, work);
    for (int i = member.from(out.dim(0) * height, work); i < to; ) { // this member's rows of y
      int n = i / height;
      int first = i % height;
      int last = Math.min(height, first + to - i);
      long yn = n * height * row + shift;
      patches.run(x.address() + n * image, first, last, columns, y.segment(), yn, row, pixel, b);
      i += last - first;
    }
  }
}
