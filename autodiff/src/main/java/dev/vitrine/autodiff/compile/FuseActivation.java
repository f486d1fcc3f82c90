package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.MatMul;
import dev.vitrine.autodiff.op.UnaryOp;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.FusedKernels;

/** Puts a function of each element into the product before it, if nothing else reads that. */
public record FuseActivation() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    return Fusion.of(s, all -> s.steps().forEach(step -> find(step, all)));
  }

  private static void find(Step product, Fusion all) {
    if (!(product.op() instanceof Linear
        || product.op() instanceof MatMul
        || product.op() instanceof Conv2d)) {
      return;
    }
    Step next = all.uses.onlyReader(product.out().getFirst());
    if (next != null && next.op() instanceof UnaryOp f) {
      var op = new Activated(product.op(), new Activation(f.function(), f.p(), f.q()));
      all.fused.put(next, new Step(op, product.name(), product.in(), next.out()));
      all.gone.add(product);
    }
  }

  /** f(product). */
  private record Activated(Op product, Activation f) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      Tensor bias = in.length > 2 ? in[2] : null;
      switch (product) {
        case Conv2d c -> k.conv2d(c.window(), in[0], in[1], bias, f, out[0]);
        case MatMul m -> k.matmul(m.ta(), m.tb(), in[0], in[1], null, f, out[0]);
        default -> k.matmul(false, false, in[0], in[1], bias, f, out[0]);
      }
    }

    @Override
    public String name() {
      return product.name() + "+" + f.f();
    }
  }
}
