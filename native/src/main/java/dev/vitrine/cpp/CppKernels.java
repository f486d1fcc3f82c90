package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * One member's share of every kernel, then a wait for the others.
 *
 * <p>A share is a range of output rows (or columns, or elements); no sum is ever split.
 */
final class CppKernels implements Kernels {
  private final Team.Member member;

  /** Of the calling thread: members of no team may be called by many at once. */
  private final ThreadLocal<Call> calls = ThreadLocal.withInitial(Call::new);

  private final FusedKernels fused;

  CppKernels(Team.Member member) {
    this.member = member;
    this.fused = new CppFusedKernels(member, calls);
  }

  @Override
  public void fill(float v, Tensor y) {
    Elementwise.fill(calls.get(), member, v, y);
    sync();
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    Elementwise.copy(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void map(Unary f, float p, float q, Tensor x, Tensor y) {
    Elementwise.map(calls.get(), member, f, p, q, x, y);
    sync();
  }

  @Override
  public void zip(Binary f, Tensor a, Tensor b, Tensor y) {
    Elementwise.zip(calls.get(), member, f, a, b, y);
    sync();
  }

  @Override
  public void select(Tensor c, Tensor a, Tensor b, Tensor y) {
    Elementwise.select(calls.get(), member, c, a, b, y);
    sync();
  }

  @Override
  public void broadcast(Tensor x, Tensor y) {
    Elementwise.broadcast(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void sumRows(Tensor x, Tensor y) {
    Sums.sumRows(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void sumColumns(Fold f, Tensor x, Tensor y) {
    Sums.sumColumns(calls.get(), member, f, x, y);
    sync();
  }

  @Override
  public void product(Fold f, Tensor x, Tensor y) {
    Sums.product(calls.get(), member, f, x, y);
    sync();
  }

  @Override
  public void productOfOthers(Fold f, Tensor x, Tensor y) {
    Sums.productOfOthers(calls.get(), member, f, x, y);
    sync();
  }

  @Override
  public void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y) {
    Sums.cumulativeSum(calls.get(), member, f, reverse, x, y);
    sync();
  }

  @Override
  public void max(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.max(calls.get(), member, f, x, y, index);
    sync();
  }

  @Override
  public void min(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.min(calls.get(), member, f, x, y, index);
    sync();
  }

  @Override
  public void softmax(Tensor x, Tensor y) {
    SoftmaxRows.softmax(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void logSoftmax(Tensor x, Tensor y) {
    SoftmaxRows.logSoftmax(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void logSumExp(Tensor x, Tensor y) {
    SoftmaxRows.logSumExp(calls.get(), member, x, y);
    sync();
  }

  @Override
  public void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    MatMul.matmul(calls.get(), member, ta, tb, a, b, bias, null, y);
    sync();
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    Convolution.conv2d(calls.get(), member, g, x, w, bias, null, y);
    sync();
  }

  @Override
  public void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    Convolution.conv2dData(calls.get(), member, g, null, dy, null, null, w, dx);
    sync();
  }

  @Override
  public void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    Convolution.conv2dWeights(calls.get(), member, g, x, null, dy, null, null, dw);
    sync();
  }

  @Override
  public void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    Pools.maxPool2d(calls.get(), member, g, kh, kw, x, y, index);
    sync();
  }

  @Override
  public void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    Pools.avgPool2d(calls.get(), member, g, kh, kw, countPad, x, y);
    sync();
  }

  @Override
  public void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    Pools.avgPool2dData(calls.get(), member, g, kh, kw, countPad, dy, dx);
    sync();
  }

  @Override
  public void interpolate(Interpolation mode, Tensor x, Tensor y) {
    Images.interpolate(calls.get(), member, mode, x, y);
    sync();
  }

  @Override
  public void interpolateData(Interpolation mode, Tensor dy, Tensor dx) {
    Images.interpolateData(calls.get(), member, mode, dy, dx);
    sync();
  }

  @Override
  public void gather(Fold f, Tensor x, Tensor index, Tensor y) {
    Moves.gather(calls.get(), member, f, x, index, y);
    sync();
  }

  @Override
  public void scatter(Fold f, Tensor dy, Tensor index, Tensor dx) {
    Moves.scatter(calls.get(), member, f, dy, index, dx);
    sync();
  }

  @Override
  public void permute(int[] axes, Tensor x, Tensor y) {
    Moves.permute(calls.get(), member, axes, x, y);
    sync();
  }

  @Override
  public void slice(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.slice(calls.get(), member, f, start, step, x, y);
    sync();
  }

  @Override
  public void paste(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.paste(calls.get(), member, f, start, step, x, y);
    sync();
  }

  @Override
  public void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y) {
    RandomFill.random(calls.get(), member, draw, seed, stream, p, clock, y);
    sync();
  }

  @Override
  public void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1) {
    Optimisers.sgd(calls.get(), member, s, w, g, b, rates, w1, b1);
    sync();
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
    Optimisers.adam(calls.get(), member, s, w, g, m, v, top, rates, w1, m1, v1, top1);
    sync();
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
    Optimisers.rmsprop(calls.get(), member, s, w, g, v, mean, b, rates, w1, v1, mean1, b1);
    sync();
  }

  @Override
  public void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1) {
    Optimisers.adagrad(calls.get(), member, s, w, g, v, rates, w1, v1);
    sync();
  }

  @Override
  public FusedKernels fused() {
    return fused;
  }

  @Override
  public Replay capture(Runnable calls) {
    return this.calls.get().recorded(calls);
  }

  private void sync() {
    calls.get().sync(member);
  }
}
