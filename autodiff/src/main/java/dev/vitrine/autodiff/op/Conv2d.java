package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** y = x ⋆ w (+ b): cross-correlation of images x [n, h, w, c] with w [kh, kw, c/groups, o]. */
public record Conv2d(Window window) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    Shape w = in.get(1);
    int groups = window.groups();
    if (x.rank() != 4 || w.rank() != 4) {
      throw new IllegalArgumentException(
          "input " + x + " and kernel " + w + ": [n, h, w, c] and [kh, kw, c, o] are needed");
    }
    if (x.dim(3) != w.dim(2) * groups || w.dim(3) % groups != 0) {
      throw new IllegalArgumentException(
          "input has %d channels, the kernel expects %d (kernel shape %s, groups %d)"
              .formatted(x.dim(3), w.dim(2) * groups, w, groups));
    }
    if (in.size() > 2 && !in.get(2).equals(Shape.of(w.dim(3)))) {
      throw new IllegalArgumentException("bias " + in.get(2) + " does not fit kernel " + w);
    }
    return List.of(Windows.slide(window, x, w.dim(0), w.dim(1), w.dim(3)));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.conv2d(window, in[0], in[1], in.length > 2 ? in[2] : null, out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var w = n.in(1);
    Var g = Outputs.only(dy);
    to.to(x, () -> n.tape().record(new Conv2dData(window), g, w, x).out());
    to.to(w, () -> n.tape().record(new Conv2dWeights(window), x, g, w).out());
    if (n.in().size() > 2) {
      to.to(n.in(2), () -> g.sumLike(n.in(2)));
    }
  }
}
