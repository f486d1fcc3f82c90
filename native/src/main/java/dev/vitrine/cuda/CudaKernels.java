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

  private final Products products;
  private final FusedKernels fused;

  CudaKernels(Gpu gpu) {
    this.gpu = gpu;
    this.launches = ThreadLocal.withInitial(() -> new Launch(gpu));
    this.products = new Products(gpu);
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
    products.matmul(launches.get(), ta, tb, a, b, bias, y);
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    products.conv2d(launches.get(), g, x, w, bias, y);
  }

  @Override
  public void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    products.conv2dData(launches.get(), g, dy, w, dx);
  }

  @Override
  public void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    products.conv2dWeights(launches.get(), g, x, dy, dw);
  }

  // ---- pools and images

  @Override
  public void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    Launch l = launch(POOLS, "max_pool").in(x).out(y).out(index);
    l.image(x.shape()).image(y.shape()).put(kh).put(kw);
    l.window(g).each(y.size());
  }

  @Override
  public void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    Launch l = launch(POOLS, "avg_pool").in(x).out(y);
    l.image(x.shape()).image(y.shape()).put(kh).put(kw).put(countPad);
    l.window(g).each(y.size());
  }

  @Override
  public void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    Launch l = launch(POOLS, "avg_pool_data").in(dy).out(dx);
    l.image(dx.shape()).image(dy.shape()).put(kh).put(kw).put(countPad);
    l.window(g).each(dx.size());
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
