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

/** y = x with its axes reordered: axis k of y is axis {@code axes[k]} of x. */
public record Permute(Ints axes) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Shape x = in.get(0);
    boolean[] seen = new boolean[x.rank()];
    int[] d = new int[axes.size()];
    for (int i = 0; i < d.length; i++) {
      d[i] = x.dim(axes.get(i));
      seen[axes.get(i)] = true;
    }
    for (boolean s : seen) {
      if (!s || d.length != seen.length) {
        throw new IllegalArgumentException(axes + " is no order of the axes of " + x);
      }
    }
    return List.of(Shape.of(d));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.permute(axes.shared(), in[0], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.permute(inverse()));
  }

  private int[] inverse() {
    int[] back = new int[axes.size()];
    for (int i = 0; i < back.length; i++) {
      back[axes.get(i)] = i;
    }
    return back;
  }
}
