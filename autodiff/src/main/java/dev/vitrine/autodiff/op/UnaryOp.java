package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = f(x), element by element; dx = dy·slope. */
public interface UnaryOp extends Op {
  Unary function();

  default float p() {
    return 0;
  }

  default float q() {
    return 0;
  }

  /** dy/dx in terms of x and y; null = zero almost everywhere. */
  @Nullable Var slope(Var x, Var y);

  @Override
  default List<Shape> infer(List<Shape> in) {
    return in;
  }

  @Override
  default void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.map(function(), p(), q(), in[0], out[0]);
  }

  @Override
  default void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    if (to.wants(n.in(0))) {
      Var slope = slope(n.in(0), n.out());
      if (slope != null) {
        to.to(n.in(0), () -> Outputs.only(dy).mul(slope));
      }
    }
  }

  @Override
  default boolean pointwise() {
    return true;
  }
}
