package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
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

  /** How windows slide over images of h × w pixels to pixels y. */
  static Call window(Call call, Window g, int kh, int kw, int h, int w, Tensor y) {
    return call.put(h)
        .put(w)
        .put(y.shape().dim(3))
        .put(y.shape().dim(1))
        .put(y.shape().dim(2))
        .put(kh)
        .put(kw)
        .put(g.strideH())
        .put(g.strideW())
        .put(g.padH())
        .put(g.padW())
        .put(g.dilationH())
        .put(g.dilationW());
  }
}
