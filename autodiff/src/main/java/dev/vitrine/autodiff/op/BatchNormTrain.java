package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As {@link BatchNorm} with the batch's own statistics, from (x, γ, β); outputs y, mean and
 * (biased) variance per channel.
 */
public record BatchNormTrain(float epsilon) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Norms.checkChannels(in);
    return List.of(in.get(0), in.get(1), in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Shape s = in[0].shape();
    Fold f = s.fold(0, s.rank() - 1);
    Norms.normalize(k, true, f, epsilon, in, out);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Norms.gradient(n, dy, to, epsilon);
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    return List.of(in.get(1));
  }
}
