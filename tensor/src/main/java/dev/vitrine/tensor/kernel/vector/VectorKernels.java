package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import org.jspecify.annotations.Nullable;

/**
 * One member's share of every kernel, then a wait for the others.
 *
 * <p>A share is a range of output rows (or columns, or blocks); no sum is ever split. What vectors
 * would not speed up, or nobody calls often, is left to the scalar loops and one member.
 */
final class VectorKernels implements Kernels {
  /** Operations for each element in an optimiser step, about. */
  private static final int STEP_COST = 8;

  private final Team.Member member;
  private final Kernels scalar;

  /** Of the calling thread: members of no team may be called by many at once. */
  private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

  private final FusedKernels fused;

  VectorKernels(Team.Member member) {
    this.member = member;
    this.fused = new VectorFusedKernels(member, scratch);
    this.scalar = new ScalarBackend().kernels(member);
  }

  @Override
  public void fill(float v, Tensor y) {
    Elementwise.fill(member, v, y);
    member.sync();
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    Elementwise.copy(member, x, y);
    member.sync();
  }

  @Override
  public void map(Unary f, float p, float q, Tensor x, Tensor y) {
    Elementwise.map(scratch.get(), member, f, p, q, x, y);
    member.sync();
  }

  @Override
  public void zip(Binary f, Tensor a, Tensor b, Tensor y) {
    Elementwise.zip(scratch.get(), member, f, a, b, y);
    member.sync();
  }

  @Override
  public void select(Tensor c, Tensor a, Tensor b, Tensor y) {
    Elementwise.select(scratch.get(), member, c, a, b, y);
    member.sync();
  }

  @Override
  public void broadcast(Tensor x, Tensor y) {
    Elementwise.broadcast(scratch.get(), member, x, y);
    member.sync();
  }

  @Override
  public void sumRows(Tensor x, Tensor y) {
    RowSums.sumRows(scratch.get(), member, x, y);
    member.sync();
  }

  @Override
  public void sumColumns(Fold f, Tensor x, Tensor y) {
    ColumnSums.sumColumns(scratch.get(), member, f, x, y);
    member.sync();
  }

  @Override
  public void product(Fold f, Tensor x, Tensor y) {
    if (member.first()) {
      scalar.product(f, x, y);
    }
    member.sync();
  }

  @Override
  public void productOfOthers(Fold f, Tensor x, Tensor y) {
    if (member.first()) {
      scalar.productOfOthers(f, x, y);
    }
    member.sync();
  }

  @Override
  public void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y) {
    if (member.first()) {
      scalar.cumulativeSum(f, reverse, x, y);
    }
    member.sync();
  }

  @Override
  public void max(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.extremum(member, 1, f, x, y, index);
    member.sync();
  }

  @Override
  public void min(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.extremum(member, -1, f, x, y, index);
    member.sync();
  }

  @Override
  public void softmax(Tensor x, Tensor y) {
    SoftmaxRows.softmax(scratch.get(), member, x, y);
    member.sync();
  }

  @Override
  public void logSoftmax(Tensor x, Tensor y) {
    SoftmaxRows.logSoftmax(scratch.get(), member, x, y);
    member.sync();
  }

  @Override
  public void logSumExp(Tensor x, Tensor y) {
    SoftmaxRows.logSumExp(scratch.get(), member, x, y);
    member.sync();
  }

  @Override
  public void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    MatMul.matmul(scratch.get(), member, ta, tb, a, b, bias, null, y);
    member.sync();
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    Convolution.conv2d(scratch.get(), member, g, x, w, bias, null, y);
    member.sync();
  }

  @Override
  public void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    Scratch s = scratch.get();
    ConvolutionData.conv2dData(s, member, g, s.gradient.of(dy), w, dx);
    member.sync();
  }

  @Override
  public void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    Scratch s = scratch.get();
    s.convolutionWeights.run(member, g, x, s.gradient.of(dy), dw);
    member.sync();
  }

  @Override
  public void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    MaxPool.maxPool2d(member, g, kh, kw, x, y, index);
    member.sync();
  }

  @Override
  public void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    AveragePool.avgPool2d(member, g, kh, kw, countPad, x, y);
    member.sync();
  }

  @Override
  public void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    AveragePool.avgPool2dData(member, g, kh, kw, countPad, dy, dx);
    member.sync();
  }

  @Override
  public void interpolate(Interpolation mode, Tensor x, Tensor y) {
    if (member.first()) {
      scalar.interpolate(mode, x, y);
    }
    member.sync();
  }

  @Override
  public void interpolateData(Interpolation mode, Tensor dy, Tensor dx) {
    if (member.first()) {
      scalar.interpolateData(mode, dy, dx);
    }
    member.sync();
  }

  @Override
  public void gather(Fold f, Tensor x, Tensor index, Tensor y) {
    if (member.first()) {
      scalar.gather(f, x, index, y);
    }
    member.sync();
  }

  @Override
  public void scatter(Fold f, Tensor dy, Tensor index, Tensor dx) {
    if (member.first()) {
      scalar.scatter(f, dy, index, dx);
    }
    member.sync();
  }

  @Override
  public void permute(int[] axes, Tensor x, Tensor y) {
    if (member.first()) {
      scalar.permute(axes, x, y);
    }
    member.sync();
  }

  @Override
  public void slice(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.slice(member, f, start, step, x, y);
    member.sync();
  }

  @Override
  public void paste(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.paste(member, f, start, step, x, y);
    member.sync();
  }

  @Override
  public void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y) {
    if (member.first()) {
      scalar.random(draw, seed, stream, p, clock, y);
    }
    member.sync();
  }

  @Override
  public void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1) {
    Optimisers.sgd(
        s,
        from(w1),
        to(w1),
        w.address(),
        g.address(),
        address(b),
        rates.at(0),
        rates.at(1) != 0,
        w1.address(),
        address(b1));
    member.sync();
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
    Optimisers.adam(
        s,
        from(w1),
        to(w1),
        w.address(),
        g.address(),
        m.address(),
        v.address(),
        address(top),
        rates.at(0) / rates.at(1),
        1 - rates.at(0) * s.decay(),
        rates.at(2),
        w1.address(),
        m1.address(),
        v1.address(),
        address(top1));
    member.sync();
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
    Optimisers.rmsprop(
        s,
        from(w1),
        to(w1),
        w.address(),
        g.address(),
        v.address(),
        address(mean),
        address(b),
        rates.at(0),
        w1.address(),
        v1.address(),
        address(mean1),
        address(b1));
    member.sync();
  }

  @Override
  public void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1) {
    Optimisers.adagrad(
        s,
        from(w1),
        to(w1),
        w.address(),
        g.address(),
        v.address(),
        rates.at(0),
        w1.address(),
        v1.address());
    member.sync();
  }

  @Override
  public FusedKernels fused() {
    return fused;
  }

  /** Where state lies, 0 where none is kept. */
  private static long address(@Nullable Tensor t) {
    return t == null ? 0 : t.address();
  }

  /** The first byte of this member's part of a parameter. */
  private long from(Tensor w) {
    return 4L * member.from(Math.toIntExact(w.size()), w.size() * STEP_COST);
  }

  /** One past its last byte. */
  private long to(Tensor w) {
    return 4L * member.to(Math.toIntExact(w.size()), w.size() * STEP_COST);
  }
}
