package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Draw;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = random numbers in the shape of a like input, from (like, clock); a mask once drawn is data,
 * so substitution keeps it.
 */
public record Random(Draw draw, long seed, int stream, float p) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.random(draw, seed, stream, p, in[1], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {}

  @Override
  public boolean reads(int input) {
    return input == 1;
  }

  @Override
  public boolean frozen() {
    return true;
  }

  @Override
  public boolean takesInteger(int input) {
    return input == 1;
  }
}
