package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = x summed over the axes that broadcasting had stretched, back to the shape of a like input;
 * the transpose of {@link BroadcastLike}.
 *
 * <p>Neighbouring axes are summed as one group, the last group first. Each group but the first
 * leaves its result in scratch.
 */
public record SumLike() implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    if (!in.get(1).broadcastsTo(in.get(0))) {
      throw new IllegalArgumentException(in.get(0) + " can't be summed to " + in.get(1));
    }
    return List.of(in.get(1));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Shape like = in[1].shape();
    Tensor x = in[0];
    int scratch = 1;
    for (int to = last(x.shape(), like); to > 0; to = last(x.shape(), like)) {
      int from = first(x.shape(), like, to);
      boolean done = scratch == out.length;
      Tensor y = done ? out[0] : out[scratch];
      Sums.over(k, from, to, x, y);
      if (done) {
        return;
      }
      x = y;
      scratch++;
    }
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    Shape x = in.get(0);
    var partial = new ArrayList<Shape>();
    for (int to = last(x, in.get(1)); to > 0; to = last(x, in.get(1))) {
      int from = first(x, in.get(1), to);
      for (int i = from; i < to; i++) {
        x = x.with(i, 1);
      }
      partial.add(x);
    }
    if (!partial.isEmpty()) {
      partial.removeLast();
    }
    return partial;
  }

  /** One past the last axis to be summed; 0 = none. */
  private static int last(Shape x, Shape like) {
    int to = x.rank();
    while (to > 0 && !summed(x, like, to - 1)) {
      to--;
    }
    return to;
  }

  /** The first axis of the group that ends before {@code to}. */
  private static int first(Shape x, Shape like, int to) {
    int from = to - 1;
    while (from > 0 && summed(x, like, from - 1)) {
      from--;
    }
    return from;
  }

  private static boolean summed(Shape x, Shape like, int axis) {
    return x.dim(axis) != like.aligned(x.rank(), axis);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var g = Outputs.only(dy);
    to.to(n.in(0), () -> g.broadcastLike(n.in(0)));
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
