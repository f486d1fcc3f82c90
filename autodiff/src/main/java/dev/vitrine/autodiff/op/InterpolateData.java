package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** dx of a resize from (dy, like x): the transpose of {@link Interpolate}. */
public record InterpolateData(Interpolation mode, int height, int width) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.interpolateData(mode, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> n.tape().record(new Interpolate(mode, height, width), g).out());
  }

  @Override
  public boolean reads(int input) {
    return input == 0;
  }
}
