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

/** y = images x [n, h, w, c] resized to [n, height, width, c]. */
public record Interpolate(Interpolation mode, int height, int width) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0).with(1, height).with(2, width));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.interpolate(mode, in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new InterpolateData(mode, height, width), g, x).out());
  }
}
