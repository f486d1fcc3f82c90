package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An op that a pass put in place of several. It is on no tape, so it has no gradient, and its
 * outputs had their shapes before.
 */
interface FusedOp extends Op {
  void forward(FusedKernels k, Tensor[] in, Tensor[] out);

  @Override
  default void forward(Kernels k, Tensor[] in, Tensor[] out) {
    FusedKernels fused = k.fused();
    if (fused == null) {
      throw new IllegalStateException(name() + ": this backend has no fused kernels");
    }
    forward(fused, in, out);
  }

  @Override
  default List<Shape> infer(List<Shape> in) {
    throw new IllegalStateException(name() + " can't be recorded: passes make it");
  }

  @Override
  default void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    throw new IllegalStateException(name() + " can't be recorded: passes make it");
  }
}
