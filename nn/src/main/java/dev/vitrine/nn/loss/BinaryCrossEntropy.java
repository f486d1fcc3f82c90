package dev.vitrine.nn.loss;

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
 * y = (t − 1)·max(log(1 − p), −100) − t·max(log p, −100); dp = dy·(p − t)/max(p·(1 − p), 10⁻¹²).
 *
 * <p>One op, because the gradient of the cut-off formula itself is 0·∞ at p = 0.
 */
record BinaryCrossEntropy() implements Op {
  private static final float LEAST_LOG = -100;
  private static final float LEAST_PRODUCT = 1e-12f;

  @Override
  public List<Shape> infer(List<Shape> in) {
    return List.of(in.get(0));
  }

  @Override
  public void forward(Kernels k, Tensor[] in, Tensor[] out) {
    Tensor p = in[0];
    Tensor t = in[1];
    Tensor y = out[0];
    Tensor yes = out[1];
    Tensor no = out[2];
    k.map(Unary.LOG, 0, 0, p, yes);
    k.map(Unary.CLIP, LEAST_LOG, Float.POSITIVE_INFINITY, yes, yes);
    k.zip(Binary.MUL, t, yes, yes);
    k.map(Unary.NEGATE, 0, 0, p, no);
    k.map(Unary.LOG1P, 0, 0, no, no);
    k.map(Unary.CLIP, LEAST_LOG, Float.POSITIVE_INFINITY, no, no);
    k.map(Unary.SHIFT, -1, 0, t, y);
    k.zip(Binary.MUL, y, no, y);
    k.zip(Binary.SUB, y, yes, y);
  }

  @Override
  public List<Shape> scratch(List<Shape> in) {
    return List.of(in.get(0), in.get(0));
  }

  @Override
  public void gradient(Node n, List<@Nullable Var> dy, Flow to) {
    Var p = n.in(0);
    Var t = n.in(1);
    Var g = dy.get(0);
    if (g == null) {
      return;
    }
    to.to(
        p,
        () -> {
          Var product = p.mul(p.affine(-1, 1)).clip(LEAST_PRODUCT, Float.POSITIVE_INFINITY);
          return g.mul(p.sub(t).div(product));
        });
    to.to(t, () -> g.mul(log(p.negate().log1p()).sub(log(p.log()))));
  }

  private static Var log(Var logarithm) {
    return logarithm.clip(LEAST_LOG, Float.POSITIVE_INFINITY);
  }
}
