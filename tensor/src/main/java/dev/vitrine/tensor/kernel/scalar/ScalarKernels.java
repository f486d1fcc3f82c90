package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * Every kernel and the file that defines it; holds no state, so any number of threads may share
 * one.
 */
final class ScalarKernels implements Kernels {
  @Override
  public void fill(float v, Tensor y) {
    Elementwise.fill(v, y);
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    Elementwise.copy(x, y);
  }

  @Override
  public void map(Unary f, float p, float q, Tensor x, Tensor y) {
    Elementwise.map(f, p, q, x, y);
  }

  @Override
  public void zip(Binary f, Tensor a, Tensor b, Tensor y) {
    Elementwise.zip(f, a, b, y);
  }

  @Override
  public void select(Tensor c, Tensor a, Tensor b, Tensor y) {
    Elementwise.select(c, a, b, y);
  }

  @Override
  public void broadcast(Tensor x, Tensor y) {
    Elementwise.broadcast(x, y);
  }

  @Override
  public void sumRows(Tensor x, Tensor y) {
    RowSums.sumRows(x, y);
  }

  @Override
  public void sumColumns(Fold f, Tensor x, Tensor y) {
    Columns.sumColumns(f, x, y);
  }

  @Override
  public void product(Fold f, Tensor x, Tensor y) {
    Columns.product(f, x, y);
  }

  @Override
  public void productOfOthers(Fold f, Tensor x, Tensor y) {
    Columns.productOfOthers(f, x, y);
  }

  @Override
  public void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y) {
    Columns.cumulativeSum(f, reverse, x, y);
  }

  @Override
  public void max(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.max(f, x, y, index);
  }

  @Override
  public void min(Fold f, Tensor x, Tensor y, Tensor index) {
    Extrema.min(f, x, y, index);
  }

  @Override
  public void softmax(Tensor x, Tensor y) {
    SoftmaxRows.softmax(x, y);
  }

  @Override
  public void logSoftmax(Tensor x, Tensor y) {
    SoftmaxRows.logSoftmax(x, y);
  }

  @Override
  public void logSumExp(Tensor x, Tensor y) {
    SoftmaxRows.logSumExp(x, y);
  }

  @Override
  public void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    MatMul.matmul(ta, tb, a, b, bias, y);
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    Convolution.conv2d(g, x, w, bias, y);
  }

  @Override
  public void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    ConvolutionData.conv2dData(g, dy, w, dx);
  }

  @Override
  public void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    ConvolutionWeights.conv2dWeights(g, x, dy, dw);
  }

  @Override
  public void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index) {
    MaxPool.maxPool2d(g, kh, kw, x, y, index);
  }

  @Override
  public void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y) {
    AveragePool.avgPool2d(g, kh, kw, countPad, x, y);
  }

  @Override
  public void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx) {
    AveragePool.avgPool2dData(g, kh, kw, countPad, dy, dx);
  }

  @Override
  public void interpolate(Interpolation mode, Tensor x, Tensor y) {
    Images.interpolate(mode, x, y);
  }

  @Override
  public void interpolateData(Interpolation mode, Tensor dy, Tensor dx) {
    Images.interpolateData(mode, dy, dx);
  }

  @Override
  public void gather(Fold f, Tensor x, Tensor index, Tensor y) {
    GatherScatter.gather(f, x, index, y);
  }

  @Override
  public void scatter(Fold f, Tensor dy, Tensor index, Tensor dx) {
    GatherScatter.scatter(f, dy, index, dx);
  }

  @Override
  public void permute(int[] axes, Tensor x, Tensor y) {
    Moves.permute(axes, x, y);
  }

  @Override
  public void slice(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.slice(f, start, step, x, y);
  }

  @Override
  public void paste(Fold f, int start, int step, Tensor x, Tensor y) {
    Moves.paste(f, start, step, x, y);
  }

  @Override
  public void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y) {
    RandomFill.random(draw, seed, stream, p, clock, y);
  }

  @Override
  public void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1) {
    Optimisers.sgd(s, w, g, b, rates, w1, b1);
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
    Optimisers.adam(s, w, g, m, v, top, rates, w1, m1, v1, top1);
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
    Optimisers.rmsprop(s, w, g, v, mean, b, rates, w1, v1, mean1, b1);
  }

  @Override
  public void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1) {
    Optimisers.adagrad(s, w, g, v, rates, w1, v1);
  }
}
