package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Op;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;

/** z = f(a, b), element by element, with trailing axes aligned and extents of 1 stretched. */
public interface BinaryOp extends Op {
  Binary function();

  @Override
  default List<Shape> infer(List<Shape> in) {
    return List.of(Shape.broadcast(in.get(0), in.get(1)));
  }

  @Override
  default void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.zip(function(), in[0], in[1], out[0]);
  }

  @Override
  default boolean pointwise() {
    return true;
  }
}
