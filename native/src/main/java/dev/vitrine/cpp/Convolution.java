package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions: forward and data gradient split by rows of the images, the weights' by rows of dw.
 */
final class Convolution {
  /** Pixels fall into classes by stride: each member has its part of each. */
  private static final int PARTS = 1 << 20;

  private Convolution() {}

  static void conv2d(
      Call call,
      Team.Member member,
      Window g,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y) {
    int rows = y.shape().dim(0) * y.shape().dim(1);
    long work = y.size() * w.size() / Math.max(1, w.shape().dim(3));
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (from < to && y.size() > 0) {
      call.of(Kernel.CONV2D).put(x).put(w).put(bias).put(y);
      geometry(call, g, x.shape(), w.shape(), y.shape());
      call.put(from).put(to).run();
    }
  }

  static void conv2dData(Call call, Team.Member member, Window g, Tensor dy, Tensor w, Tensor dx) {
    long work = dy.size() * w.size() / Math.max(1, w.shape().dim(3));
    int from = member.from(PARTS, work);
    int to = member.to(PARTS, work);
    if (from < to && dx.size() > 0) {
      call.of(Kernel.CONV2D_DATA).put(dy).put(w).put(dx);
      geometry(call, g, dx.shape(), w.shape(), dy.shape());
      call.put(from).put(to).run();
    }
  }

  static void conv2dWeights(
      Call call, Team.Member member, Window g, Tensor x, Tensor dy, Tensor dw) {
    Shape s = dw.shape();
    int rows = s.dim(0) * s.dim(1) * s.dim(2);
    long work = dy.size() * rows;
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (from < to && dw.size() > 0) {
      call.of(Kernel.CONV2D_WEIGHTS).put(x).put(dy).put(dw);
      geometry(call, g, x.shape(), s, dy.shape());
      call.put(from).put(to).run();
    }
  }

  private static void geometry(Call call, Window g, Shape x, Shape w, Shape y) {
    call.put(g.strideH()).put(g.strideW()).put(g.padH()).put(g.padW());
    call.put(g.dilationH()).put(g.dilationW()).put(g.groups());
    call.put(x.dim(0)).put(x.dim(1)).put(x.dim(2)).put(x.dim(3));
    call.put(w.dim(0)).put(w.dim(1));
    call.put(y.dim(1)).put(y.dim(2)).put(y.dim(3));
  }
}
