package dev.vitrine.autodiff.op;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Unary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What batch norm and layer norm share: y = h·γ + β with h = (x − mean)/√(var + ε). They differ in
 * what a statistic runs over: the columns of a channel or a row.
 */
final class Norms {
  private Norms() {}

  /**
   * in = (x, γ, β), out = (y, mean, var, scratch like var); the variance is taken around the mean.
   */
  static void normalize(
      Kernels k, boolean columns, Fold f, float epsilon, Tensor[] in, Tensor[] out) {
    Tensor y = out[0];
    Tensor mean = out[1];
    Tensor var = out[2];
    Tensor inverse = out[3];
    sum(k, columns, f, in[0], mean);
    k.map(Unary.OVER, f.n(), 0, mean, mean);
    k.zip(Binary.SUB, in[0], mean, y);
    k.map(Unary.SQUARE, 0, 0, y, y);
    sum(k, columns, f, y, var);
    k.map(Unary.OVER, f.n(), 0, var, var);
    k.map(Unary.SHIFT, epsilon, 0, var, inverse);
    k.map(Unary.RSQRT, 0, 0, inverse, inverse);
    k.zip(Binary.SUB, in[0], mean, y);
    k.zip(Binary.MUL, y, inverse, y);
    k.zip(Binary.MUL, y, in[1], y);
    k.zip(Binary.ADD, y, in[2], y);
  }

  private static void sum(Kernels k, boolean columns, Fold f, Tensor x, Tensor y) {
    if (columns) {
      k.sumColumns(f, x, y);
    } else {
      k.sumRows(x, y);
    }
  }

  /**
   * dx = (g − mean(g) − h·mean(g·h))/√(var + ε) with g = dy·γ, the means over what the statistics
   * run over; the statistics are outputs, so they have gradients of their own.
   */
  static void gradient(Node n, List<@Nullable Var> dy, Flow to, float epsilon) {
    Var x = n.in(0);
    Var gamma = n.in(1);
    Var beta = n.in(2);
    Var mean = n.out(1);
    Var var = n.out(2);
    Var g = dy.get(0);
    if (g != null) {
      Var inverse = var.shift(epsilon).rsqrt();
      Var h = x.sub(mean).mul(inverse);
      to.to(
          x,
          () -> {
            Var scaled = g.mul(gamma);
            Var centre = scaled.sumLike(mean).perCount(x, mean);
            Var slope = scaled.mul(h).sumLike(mean).perCount(x, mean);
            return scaled.sub(centre).sub(h.mul(slope)).mul(inverse);
          });
      to.to(gamma, () -> g.mul(h).sumLike(gamma));
      to.to(beta, () -> g.sumLike(beta));
    }
    Var toMean = dy.get(1);
    if (toMean != null) {
      to.to(x, () -> toMean.perCount(x, mean).broadcastLike(x));
    }
    Var toVar = dy.get(2);
    if (toVar != null) {
      to.to(x, () -> x.sub(mean).mul(toVar.perCount(x, var).scale(2)));
    }
  }

  /** γ, β and statistics hold one number per channel. */
  static void checkChannels(List<Shape> in) {
    Shape channels = Shape.of(in.get(0).dim(-1));
    for (Shape s : in.subList(1, in.size())) {
      if (!s.equals(channels)) {
        throw new IllegalArgumentException(
            "input " + in.get(0) + " needs " + channels + " numbers per statistic, found " + s);
      }
    }
  }
}
