package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.PooledKernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/** As {@link VectorKernels}: a member's share, then a wait for the others. */
final class VectorFusedKernels implements FusedKernels, PooledKernels {
  private final Team.Member member;
  private final ThreadLocal<Scratch> scratch;

  VectorFusedKernels(Team.Member member, ThreadLocal<Scratch> scratch) {
    this.member = member;
    this.scratch = scratch;
  }

  @Override
  public void chain(Chain c, Tensor[] in, Tensor y) {
    Chains.run(scratch.get(), member, c, in, y);
    member.sync();
  }

  @Override
  public void matmul(
      boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Activation f, Tensor y) {
    MatMul.matmul(scratch.get(), member, ta, tb, a, b, bias, f, y);
    member.sync();
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Activation f, Tensor y) {
    Convolution.conv2d(scratch.get(), member, g, x, w, bias, f, y);
    member.sync();
  }

  @Override
  public void conv2dPool(
      Window g, Pool pool, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y, Tensor index) {
    Convolution.conv2dPool(scratch.get(), member, g, pool, x, w, bias, y, index);
    member.sync();
  }

  @Override
  public void conv2dPoolData(
      Window g, Pool pool, Tensor dy, Tensor y, Tensor index, Tensor w, Tensor dx) {
    Scratch s = scratch.get();
    ConvolutionData.conv2dData(s, member, g, dz(s, g, pool, dx, w, dy, y, index), w, dx);
    member.sync();
  }

  @Override
  public void conv2dPoolWeights(
      Window g, Pool pool, Tensor x, Tensor dy, Tensor y, Tensor index, Tensor dw) {
    Scratch s = scratch.get();
    s.convolutionWeights.run(member, g, x, dz(s, g, pool, x, dw, dy, y, index), dw);
    member.sync();
  }

  /** What the pool sends back to the convolution of x and w, of which only the shapes matter. */
  private static Gradient dz(
      Scratch s, Window g, Pool pool, Tensor x, Tensor w, Tensor dy, Tensor y, Tensor index) {
    int height = g.outH(x.shape().dim(1), w.shape().dim(0));
    int width = g.outW(x.shape().dim(2), w.shape().dim(1));
    return s.gradient.of(pool, height, width, dy, y, index);
  }

  @Override
  public void conv2dPoolBias(
      Pool pool, int h, int w, Tensor dy, Tensor y, Tensor index, Tensor db) {
    Scratch s = scratch.get();
    ColumnSums.sumPixels(s, member, s.gradient.of(pool, h, w, dy, y, index), db);
    member.sync();
  }
}
