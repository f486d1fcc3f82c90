package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;

/** Pools: a unit of work is an output row, for the gradient an image. */
final class Pools {
  private Pools() {}

  static void maxPool2d(
      Call call, Team.Member member, Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    int rows = y.shape().dim(0) * y.shape().dim(1);
    long work = y.size() * kh * kw;
    window(
            call.of(Kernel.MAX_POOL).put(x).put(y).put(index),
            g,
            kh,
            kw,
            x.shape().dim(1),
            x.shape().dim(2),
            y)
        .put(member.from(rows, work))
        .put(member.to(rows, work))
        .run();
  }

  static void avgPool2d(
      Call call,
      Team.Member member,
      Window g,
      int kh,
      int kw,
      boolean countPad,
      Tensor x,
      Tensor y) {
    int rows = y.shape().dim(0) * y.shape().dim(1);
    long work = y.size() * kh * kw;
    window(call.of(Kernel.AVG_POOL).put(x).put(y), g, kh, kw, x.shape().dim(1), x.shape().dim(2), y)
        .put(countPad)
        .put(member.from(rows, work))
        .put(member.to(rows, work))
        .run();
  }

  static void avgPool2dData(
      Call call,
      Team.Member member,
      Window g,
      int kh,
      int kw,
      boolean countPad,
      Tensor dy,
      Tensor dx) {
    int images = dy.shape().dim(0);
    long work = dy.size() * kh * kw;
    window(
            call.of(Kernel.AVG_POOL_DATA).put(dy).put(dx),
            g,
            kh,
            kw,
            dx.shape().dim(1),
            dx.shape().dim(2),
            dy)
        .put(countPad)
        .put(member.from(images, work))
        .put(member.to(images, work))
        .run();
  }

  private static Call window(Call call, Window g, int kh, int kw, int h, int w, Tensor y) {
    return extents(call, kh, kw, h, w, y)
        .put(g.strideH())
        .put(g.strideW())
        .put(g.padH())
        .put(g.padW())
        .put(g.dilationH())
        .put(g.dilationW());
  }

  /** The same for a pool behind a convolution, which has strides alone; makes no window for it. */
  static Call window(Call call, Pool p, int h, int w, Tensor y) {
    return extents(call, p.kh(), p.kw(), h, w, y)
        .put(p.strideH())
        .put(p.strideW())
        .put(0)
        .put(0)
        .put(1)
        .put(1);
  }

  /** Windows over images of h × w pixels to pixels y. */
  private static Call extents(Call call, int kh, int kw, int h, int w, Tensor y) {
    Shape s = y.shape();
    return call.put(h).put(w).put(s.dim(3)).put(s.dim(1)).put(s.dim(2)).put(kh).put(kw);
  }
}
