package dev.vitrine.cpp;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions: forward and data gradient split by rows of the images, the weights' by outputs or,
 * where these are few, by rows of dw.
 */
final class Convolution {
  /** Outputs that fill a vector, or two. */
  private static final int VECTOR = 16;

  private Convolution() {}

  static void conv2d(
      Call call,
      Team.Member member,
      Window g,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      @Nullable Activation f,
      Tensor y) {
    int rows = y.shape().dim(0) * y.shape().dim(1);
    long work = y.size() * w.size() / Math.max(1, w.shape().dim(3));
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (from < to && y.size() > 0) {
      call.of(Kernel.CONV2D).put(x).put(w).put(bias).put(y);
      geometry(call, g, x.shape(), w.shape(), y.shape().dim(1), y.shape().dim(2));
      call.put(from).put(to).put(f).run();
    }
  }

  static void conv2dPool(
      Call call,
      Team.Member member,
      Window g,
      Pool pool,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      Tensor y,
      Tensor index) {
    int h = g.outH(x.shape().dim(1), w.shape().dim(0));
    int width = g.outW(x.shape().dim(2), w.shape().dim(1));
    int rows = y.shape().dim(0) * y.shape().dim(1);
    long work = y.size() * pool.kh() * pool.kw() * w.size() / Math.max(1, w.shape().dim(3));
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (from < to && y.size() > 0) {
      call.of(Kernel.CONV2D_POOL).put(x).put(w).put(bias).put(y).put(index);
      geometry(call, g, x.shape(), w.shape(), h, width);
      Pools.window(call, pool, h, width, y);
      call.put(pool.relu()).put(from).put(to).run();
    }
  }

  static void conv2dData(
      Call call,
      Team.Member member,
      Window g,
      @Nullable Pool pool,
      Tensor dy,
      @Nullable Tensor y,
      @Nullable Tensor index,
      Tensor w,
      Tensor dx) {
    Shape s = dx.shape();
    int h = g.outH(s.dim(1), w.shape().dim(0));
    int width = g.outW(s.dim(2), w.shape().dim(1));
    long work = (long) s.dim(0) * h * width * w.size();
    int rows = s.dim(0) * s.dim(1);
    int from = member.from(rows, work);
    int to = member.to(rows, work);
    if (from < to && dx.size() > 0) {
      call.of(Kernel.CONV2D_DATA).put(w).put(dx);
      geometry(call, g, s, w.shape(), h, width);
      call.put(from).put(to);
      gradient(call, pool, dy, y, index).run();
    }
  }

  static void conv2dWeights(
      Call call,
      Team.Member member,
      Window g,
      Tensor x,
      @Nullable Pool pool,
      Tensor dy,
      @Nullable Tensor y,
      @Nullable Tensor index,
      Tensor dw) {
    Shape s = dw.shape();
    int h = g.outH(x.shape().dim(1), s.dim(0));
    int width = g.outW(x.shape().dim(2), s.dim(1));
    int rows = s.dim(0) * s.dim(1) * s.dim(2);
    int outputs = s.dim(3) / g.groups();
    long work = (long) x.shape().dim(0) * h * width * dw.size();
    // outputs may lie in vectors, rows needn't; but few of these make bad tiles
    boolean byOutputs = g.groups() == 1 && outputs >= VECTOR * member.count();
    int units = byOutputs ? Math.ceilDiv(outputs, VECTOR) : rows;
    int from = member.from(units, work);
    int to = member.to(units, work);
    if (from < to && dw.size() > 0) {
      call.of(Kernel.CONV2D_WEIGHTS).put(x).put(dw);
      geometry(call, g, x.shape(), s, h, width);
      if (byOutputs) {
        call.put(0).put(rows).put((long) from * VECTOR).put(Math.min(outputs, to * VECTOR));
      } else {
        call.put(from).put(to).put(0).put(outputs);
      }
      gradient(call, pool, dy, y, index).run();
    }
  }

  static void conv2dPoolBias(
      Call call,
      Team.Member member,
      int h,
      int w,
      Pool pool,
      Tensor dy,
      Tensor y,
      Tensor index,
      Tensor db) {
    int channels = (int) db.size();
    int images = dy.shape().dim(0);
    long work = (long) images * h * w * channels;
    int from = member.from(channels, work);
    int to = member.to(channels, work);
    if (from < to) {
      call.of(Kernel.CONV2D_POOL_BIAS).put(db).put(images).put(h).put(w).put(channels);
      call.put(from).put(to);
      gradient(call, pool, dy, y, index).run();
    }
  }

  /** dy of a convolution, or of the pool behind it (src/main/cpp/gradient.h). */
  private static Call gradient(
      Call call, @Nullable Pool pool, Tensor dy, @Nullable Tensor y, @Nullable Tensor index) {
    call.put(dy).put(index);
    if (pool == null) {
      return call.put(0).put(0).put(0).put(0).put(0).put(0).put(0);
    }
    call.put(pool.relu() ? y : null);
    call.put(pool.kh()).put(pool.kw()).put(pool.strideH()).put(pool.strideW());
    return call.put(dy.shape().dim(1)).put(dy.shape().dim(2));
  }

  /** {@code h} × {@code width}: pixels of what comes out. */
  private static void geometry(Call call, Window g, Shape x, Shape w, int h, int width) {
    call.put(g.strideH()).put(g.strideW()).put(g.padH()).put(g.padW());
    call.put(g.dilationH()).put(g.dilationW()).put(g.groups());
    call.put(x.dim(0)).put(x.dim(1)).put(x.dim(2)).put(x.dim(3));
    call.put(w.dim(0)).put(w.dim(1));
    call.put(h).put(width).put(w.dim(3));
  }
}
