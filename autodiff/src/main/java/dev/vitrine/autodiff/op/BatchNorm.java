package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * y = (x − mean)/√(var + ε)·γ + β per channel (last axis), with given statistics; from (x, γ, β,
 * mean, var). Ioffe and Szegedy 2015.
 */
public record BatchNorm(float epsilon) implements Op {
  @Override
  public List<Shape> infer(List<Shape> in) {
    Norms.checkChannels(in);
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    k.map(Unary.SHIFT, epsilon, 0, in[4], out[1]);
    k.map(Unary.RSQRT, 0, 0, out[1], out[1]);
    k.zip(Binary.SUB, in[0], in[3], out[0]);
    k.zip(Binary.MUL, out[0], out[1], out[0]);
    k.zip(Binary.MUL, out[0], in[1], out[0]);
    k.zip(Binary.ADD, out[0], in[2], out[0]);
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var x = n.in(0);
    Var gamma = n.in(1);
    Var mean = n.in(3);
    Var var = n.in(4);
    Var g = Outputs.only(dy);
    to.to(x, () -> g.mul(gamma.mul(inverse(var))));
    to.to(gamma, () -> g.mul(x.sub(mean).mul(inverse(var))).sumLike(gamma));
    to.to(n.in(2), () -> g.sumLike(n.in(2)));
    to.to(mean, () -> g.mul(gamma.mul(inverse(var))).negate().sumLike(mean));
    to.to(
        var,
        () -> {
          Var cubed = inverse(var).mul(inverse(var).square());
          return g.mul(x.sub(mean)).sumLike(var).mul(gamma).mul(cubed).scale(-0.5f);
        });
  }

  private Var inverse(Var var) {
    return var.shift(epsilon).rsqrt();
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    return List.of(in.get(4));
  }
}
