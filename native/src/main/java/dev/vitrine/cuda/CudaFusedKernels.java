package dev.vitrine.cuda;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/** Chains are compiled, a kernel for each; an activation goes over the product where it lies. */
final class CudaFusedKernels implements FusedKernels {
  private final Kernels kernels;
  private final ThreadLocal<Launch> launches;

  CudaFusedKernels(Kernels kernels, ThreadLocal<Launch> launches) {
    this.kernels = kernels;
    this.launches = launches;
  }

  @Override
  public void chain(Chain c, Tensor[] in, Tensor y) {
    boolean[] single = new boolean[in.length];
    for (int k = 0; k < in.length; k++) {
      single[k] = in[k].size() != y.size();
    }
    Launch l = launches.get().of("chain.cu", ChainSource.of(c, single), "chain");
    for (Tensor x : in) {
      l.in(x);
    }
    l.out(y).put(y.size());
    for (Chain.Link link : c.links()) {
      l.put(link instanceof Chain.Map m ? m.p() : 0f);
    }
    for (Chain.Link link : c.links()) {
      l.put(link instanceof Chain.Map m ? m.q() : 0f);
    }
    l.each(y.size());
  }

  @Override
  public void matmul(
      boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Activation f, Tensor y) {
    kernels.matmul(ta, tb, a, b, bias, y);
    kernels.map(f.f(), f.p(), f.q(), y, y);
  }

  @Override
  public void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Activation f, Tensor y) {
    kernels.conv2d(g, x, w, bias, y);
    kernels.map(f.f(), f.p(), f.q(), y, y);
  }
}
