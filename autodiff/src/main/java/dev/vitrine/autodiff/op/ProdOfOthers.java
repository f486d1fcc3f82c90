package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y_j = Π_{l≠j} x_l along the axes from (inclusive) to (exclusive): right for zeros too, unlike
 * Π/x_j.
 */
public record ProdOfOthers(int from, int to) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.productOfOthers(in[0].shape().fold(from, to), in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    throw new UnsupportedOperationException(
        n + ": the second derivative of a product along an axis is not there; multiply slices");
  }
}
