package dev.vitrine.cuda;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/** Launches: what is put is the struct that the kernel of that name takes, field by field. */
final class CudaKernels implements Kernels {
  private static final String ELEMENTWISE = "elementwise.cu";
  private static final String SUMS = "sums.cu";
  private static final String MOVES = "moves.cu";
  private static final String POOLS = "pools.cu";
  private static final String IMAGES = "images.cu";
  private static final String OPTIMISERS = "optimisers.cu";
  private static final int AXES = 8;

  private final Gpu gpu;

  /** Of the calling thread. */
  private final ThreadLocal<Launch> launches;

  private final FusedKernels fused;

  CudaKernels(Gpu gpu) {
    this.gpu = gpu;
    this.launches = ThreadLocal.withInitial(() -> new Launch(gpu));
    this.fused = new CudaFusedKernels(this, launches);
  }

  private Launch launch(String file, String kernel) {
    return launches.get().of(file, kernel);
  }

  @Override
  public FusedKernels fused() {
    return fused;
  }

  @Override
  public Replay capture(Runnable calls) {
    return new Graph(gpu, launches, calls);
  }

  // ---- element by element

  @Override
  public void fill(float v, Tensor y) {
    launch(ELEMENTWISE, "fill").put(v).out(y).put(y.size()).each(y.size());
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    launches.get().copy(x, y);
  }

  @Override
  public void map(Unary f, float p, float q, Tensor x, Tensor y) {
    launch(ELEMENTWISE, "map")
        .put(f.ordinal())
        .put(p)
        .put(q)
        .in(x)
        .out(y)
        .put(y.size())
        .each(y.size());
  }

  @Override
  public void zip(Binary f, Tensor a, Tensor b, Tensor y) {
    Launch l = launch(ELEMENTWISE, "zip").put(f.ordinal()).in(a).in(b).out(y).put(y.size());
    Stretch.put(l, y.shape(), a.shape(), b.shape()).each(y.size());
  }

  @Override
  public void select(Tensor c, Tensor a, Tensor b, Tensor y) {
    Launch l = launch(ELEMENTWISE, "choose").in(c).in(a).in(b).out(y).put(y.size());
    Stretch.put(l, y.shape(), c.shape(), a.shape(), b.shape()).each(y.size());
  }

  @Override
  public void broadcast(Tensor x, Tensor y) {
    Launch l = launch(ELEMENTWISE, "broadcast").in(x).out(y).put(y.size());
    Stretch.put(l, y.shape(), x.shape()).each(y.size());
  }

  // ---- along an axis

  @Override
  public void sumRows(Tensor x, Tensor y) {
    long rows = y.size();
    long n = rows == 0 ? 0 : x.size() / rows;
    launch(SUMS, "sum_rows").in(x).out(y).put(n).put(rows).rows(rows);
  }

  @Override
  public void sumColumns(Fold f, Tensor x, Tensor y) {
    fold("sum_columns", f, x, y).each(columns(f));
  }

  @Override
  public void product(Fold f, Tensor x, Tensor y) {
    fold("product", f, x, y).each(columns(f));
  }

  @Override
  public void productOfOthers(Fold f, Tensor x, Tensor y) {
    fold("product_of_others", f, x, y).each(columns(f));
  }

  @Override
  public void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y) {
    fold("cumulative_sum", f, x, y).put(reverse).each(columns(f));
  }

  @Override
  public void max(Fold f, Tensor x, Tensor y, Tensor index) {
    fold("extremum", f, x, y).out(index).put(true).each(columns(f));
  }

  @Override
  public void min(Fold f, Tensor x, Tensor y, Tensor index) {
    fold("extremum", f, x, y).out(index).put(false).each(columns(f));
  }

  private Launch fold(String kernel, Fold f, Tensor x, Tensor y) {
    return launch(SUMS, kernel).in(x).out(y).put(f.outer()).put(f.n()).put(f.inner());
  }

  private static long columns(Fold f) {
    return (long) f.outer() * f.inner();
  }

  @Override
  public void softmax(Tensor x, Tensor y) {
    softmax(0, x, y);
  }

  @Override
  public void logSoftmax(Tensor x, Tensor y) {
    softmax(1, x, y);
  }

  @Override
  public void logSumExp(Tensor x, Tensor y) {
    softmax(2, x, y);
  }

  private void softmax(int kind, Tensor x, Tensor y) {
    long n = x.shape().rank() == 0 ? 1 : x.shape().dim(-1);
    long rows = kind == 2 ? y.size() : n == 0 ? 0 : x.size() / n;
    launch("softmax.cu", "softmax").in(x).out(y).put(n).put(rows).put(kind).rows(rows);
  }

  // ---- products

  @Override
  public void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    Shape s = y.shape();
    long m = s.dim(-2);
    long n = s.dim(-1);
    long k = a.shape().dim(ta ? -2 : -1);
    long matrices = m * n == 0 ? 0 : y.size() / (m * n);
    Tile tile = Tile.of(Tile.LARGE, gpu, m, n, matrices);
    String kernel = tile.of("matmul_" + (ta ? "t" : "n") + (tb ? "t" : "n"));
    Launch l = launch("matmul.cu", kernel).in(a).in(b).in(bias).out(y);
    l.put(matrices).put(m).put(n).put(k);
    l.put(ta ? 1 : k).put(ta ? m : 1).put(tb ? 1 : n).put(tb ? k : 1);
    leading(l, s, a.shape(), m * k, b.shape(), k * n).tiles(tile, m, n, matrices);
  }

  /** The axes before the last two of y, the last first, and how far a and b move on along each. */
  private static Launch leading(Launch l, Shape y, Shape a, long inA, Shape b, long inB) {
    int axes = y.rank() - 2;
    if (axes > AXES) {
      throw new IllegalArgumentException(
          "%s: a product may have %d axes before the last two".formatted(y, AXES));
    }
    l.put(axes);
    for (int k = 0; k < AXES; k++) {
      int axis = axes - 1 - k;
      int n = axis < 0 ? 1 : y.dim(axis);
      int ofA = axis < 0 ? 1 : a.aligned(y.rank(), axis);
      int ofB = axis < 0 ? 1 : b.aligned(y.rank(), axis);
      l.put(n).put(ofA == 1 ? 0 : inA).put(ofB == 1 ? 0 : inB);
      inA *= ofA;
      inB *= ofB;
    }
    return l;
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    convolution("conv2d", g, x, w, bias, y, x.shape(), w.shape(), y.shape());
  }

  @Override
  public void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    convolution("conv2d_data", g, dy, w, null, dx, dx.shape(), w.shape(), dy.shape());
  }

  @Override
  public void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    convolution("conv2d_weights", g, x, dy, null, dw, x.shape(), dw.shape(), dy.shape());
  }

  /** A product for each group: of all but the last axis of the result with its part of that. */
  private void convolution(
      String kernel,
      Window g,
      Tensor first,
      Tensor second,
      @Nullable Tensor bias,
      Tensor result,
      Shape x,
      Shape w,
      Shape y) {
    Shape s = result.shape();
    long rows = (long) s.dim(0) * s.dim(1) * s.dim(2);
    long columns = s.dim(3) / g.groups();
    Tile tile = Tile.of(Tile.MEDIUM, gpu, rows, columns, g.groups());
    Launch l = launch("convolution.cu", tile.of(kernel));
    l.in(first).in(second).in(bias).out(result);
    l.image(x).image(y).put(w.dim(0)).put(w.dim(1));
    window(l, g).tiles(tile, rows, columns, g.groups());
  }

  private static Launch window(Launch l, Window g) {
    l.put(g.strideH()).put(g.strideW()).put(g.padH()).put(g.padW());
    return l.put(g.dilationH()).put(g.dilationW()).put(g.groups());
  }

  // ---- pools and images

  @Override
  public void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    Launch l = launch(POOLS, "max_pool").in(x).out(y).out(index);
    l.image(x.shape()).image(y.shape()).put(kh).put(kw);
    window(l, g).each(y.size());
  }

  @Override
  public void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    Launch l = launch(POOLS, "avg_pool").in(x).out(y);
    l.image(x.shape()).image(y.shape()).put(kh).put(kw).put(countPad);
    window(l, g).each(y.size());
  }

  @Override
  public void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    Launch l = launch(POOLS, "avg_pool_data").in(dy).out(dx);
    l.image(dx.shape()).image(dy.shape()).put(kh).put(kw).put(countPad);
    window(l, g).each(dx.size());
  }

  @Override
  public void interpolate(Interpolation mode, Tensor x, Tensor y) {
    Launch l = launch(IMAGES, "interpolate").in(x).out(y);
    l.image(x.shape()).image(y.shape()).put(mode.ordinal()).each(y.size());
  }

  @Override
  public void interpolateData(Interpolation mode, Tensor dy, Tensor dx) {
    Launch l = launch(IMAGES, "interpolate_data").in(dy).out(dx);
    l.image(dx.shape()).image(dy.shape()).put(mode.ordinal()).each(dx.size());
  }

  // ---- moving elements

  @Override
  public void gather(Fold f, Tensor x, Tensor index, Tensor y) {
    Launch l = launch(MOVES, "gather").in(x).out(y);
    index(l, f, count(f, y), index).each(y.size());
  }

  @Override
  public void scatter(Fold f, Tensor dy, Tensor index, Tensor dx) {
    Launch l = launch(MOVES, "scatter").in(dy).out(dx);
    index(l, f, count(f, dy), index).each(columns(f));
  }

  private static Launch index(Launch l, Fold f, long m, Tensor index) {
    long row = m * f.inner();
    long rows = index.size() == m || row == 0 ? 0 : index.size() / row;
    l.in(index).put(rows).put(m).put(f.n()).wrong();
    return l.put(f.outer()).put(f.inner());
  }

  @Override
  public void permute(int[] axes, Tensor x, Tensor y) {
    if (axes.length > AXES) {
      throw new IllegalArgumentException(
          "%s: at most %d axes can be reordered".formatted(x.shape(), AXES));
    }
    Launch l = launch(MOVES, "permute").in(x).out(y).put(y.size()).put(axes.length);
    for (int k = 0; k < AXES; k++) {
      int axis = axes.length - 1 - k;
      l.put(axis < 0 ? 1 : x.shape().dim(axes[axis]));
      l.put(axis < 0 ? 0 : stride(x.shape(), axes[axis]));
    }
    l.each(y.size());
  }

  private static long stride(Shape s, int axis) {
    long stride = 1;
    for (int k = axis + 1; k < s.rank(); k++) {
      stride *= s.dim(k);
    }
    return stride;
  }

  @Override
  public void slice(Fold f, int start, int step, Tensor x, Tensor y) {
    cut(launch(MOVES, "slice").in(x).out(y), f, start, step, y);
  }

  @Override
  public void paste(Fold f, int start, int step, Tensor x, Tensor y) {
    cut(launch(MOVES, "paste").in(x).out(y), f, start, step, x);
  }

  private static void cut(Launch l, Fold f, int start, int step, Tensor part) {
    l.put(f.n()).put(count(f, part)).put(f.inner()).put(start).put(step).put(part.size());
    l.each(part.size());
  }

  /** The extent of the axis in the smaller tensor. */
  private static long count(Fold f, Tensor part) {
    long columns = columns(f);
    return columns == 0 ? 0 : part.size() / columns;
  }

  // ---- random numbers

  @Override
  public void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y) {
    long rows = y.shape().rank() == 0 ? 1 : y.shape().dim(0);
    long n = rows == 0 ? 0 : y.size() / rows;
    launch("random.cu", "draw")
        .in(clock)
        .out(y)
        .put(draw.ordinal())
        .put(seed)
        .put(p)
        .put(stream)
        .put(rows)
        .put(n)
        .each(rows * Math.ceilDiv(n, 4));
  }

  // ---- optimiser steps

  @Override
  public void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1) {
    Launch l = launch(OPTIMISERS, "sgd").in(w).in(g).in(b).in(rates).out(w1).out(b1);
    l.put(s.momentum()).put(s.dampening()).put(s.nesterov()).put(s.decay());
    l.put(w1.size()).each(w1.size());
  }

  @Override
  public void adam(
      Adam s,
      Tensor w,
      Tensor g,
      Tensor m,
      Tensor v,
      @Nullable Tensor top,
      Tensor rates,
      Tensor w1,
      Tensor m1,
      Tensor v1,
      @Nullable Tensor top1) {
    Launch l = launch(OPTIMISERS, "adam").in(w).in(g).in(m).in(v).in(top).in(rates);
    l.out(w1).out(m1).out(v1).out(top1);
    l.put(s.beta1()).put(s.beta2()).put(s.epsilon()).put(s.decay()).put(s.decoupled());
    l.put(w1.size()).each(w1.size());
  }

  @Override
  public void rmsprop(
      RmsProp s,
      Tensor w,
      Tensor g,
      Tensor v,
      @Nullable Tensor mean,
      @Nullable Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor v1,
      @Nullable Tensor mean1,
      @Nullable Tensor b1) {
    Launch l = launch(OPTIMISERS, "rmsprop").in(w).in(g).in(v).in(mean).in(b).in(rates);
    l.out(w1).out(v1).out(mean1).out(b1);
    l.put(s.alpha()).put(s.epsilon()).put(s.momentum()).put(s.decay());
    l.put(w1.size()).each(w1.size());
  }

  @Override
  public void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1) {
    Launch l = launch(OPTIMISERS, "adagrad").in(w).in(g).in(v).in(rates).out(w1).out(v1);
    l.put(s.epsilon()).put(s.decay()).put(w1.size()).each(w1.size());
  }
}
