package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.PooledKernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/** As {@link CppKernels}: a member's share, then a wait for the others. */
final class CppFusedKernels implements FusedKernels, PooledKernels {
  private final Team.Member member;
  private final ThreadLocal<Call> calls;

  CppFusedKernels(Team.Member member, ThreadLocal<Call> calls) {
    this.member = member;
    this.calls = calls;
  }

  @Override
  public void chain(Chain c, Tensor[] in, Tensor y) {
    Elementwise.chain(calls.get(), member, c, in, y);
    sync();
  }

  @Override
  public void matmul(
      boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Activation f, Tensor y) {
    MatMul.matmul(calls.get(), member, ta, tb, a, b, bias, f, y);
    sync();
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Activation f, Tensor y) {
    Convolution.conv2d(calls.get(), member, g, x, w, bias, f, y);
    sync();
  }

  @Override
  public void conv2dPool(
      Window g, Pool pool, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y, Tensor index) {
    Convolution.conv2dPool(calls.get(), member, g, pool, x, w, bias, y, index);
    sync();
  }

  @Override
  public void conv2dPoolData(
      Window g, Pool pool, Tensor dy, Tensor y, Tensor index, Tensor w, Tensor dx) {
    Convolution.conv2dData(calls.get(), member, g, pool, dy, y, index, w, dx);
    sync();
  }

  @Override
  public void conv2dPoolWeights(
      Window g, Pool pool, Tensor x, Tensor dy, Tensor y, Tensor index, Tensor dw) {
    Convolution.conv2dWeights(calls.get(), member, g, x, pool, dy, y, index, dw);
    sync();
  }

  @Override
  public void conv2dPoolBias(
      Pool pool, int h, int w, Tensor dy, Tensor y, Tensor index, Tensor db) {
    Convolution.conv2dPoolBias(calls.get(), member, h, w, pool, dy, y, index, db);
    sync();
  }

  private void sync() {
    calls.get().sync(member);
  }
}
