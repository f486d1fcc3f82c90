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

/** y = x stretched to the shape of a like input; the transpose of {@link SumLike}. */
public record BroadcastLike() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (!in.get(0).broadcastsTo(in.get(1))) {
      throw new IllegalArgumentException(in.get(0) + " does not stretch to " + in.get(1));
    }
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.broadcast(in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.sumLike(n.in(0)));
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }

  @Override
  public boolean views(List<Shape> in) {
    return in.get(0).size() == in.get(1).size();
  }
}
