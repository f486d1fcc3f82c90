package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Conv2dData;
import dev.vitrine.autodiff.op.Conv2dWeights;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.SumLike;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Pool;
import dev.vitrine.tensor.kernel.PooledKernels;
import dev.vitrine.tensor.kernel.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A convolution, a relu if asked and a max pool in one step, and the steps of their gradient. */
final class PooledConv2d {
  private PooledConv2d() {}

  private static PooledKernels of(FusedKernels k) {
    PooledKernels pooled = k.pooled();
    if (pooled == null) {
      throw new IllegalStateException("this backend can't join a max pool with a convolution");
    }
    return pooled;
  }

  /** The pool behind a convolution, with a relu between them or not. */
  static Pool pool(MaxPool2d m, boolean relu) {
    return new Pool(m.kh(), m.kw(), m.window().strideH(), m.window().strideW(), relu);
  }

  /**
   * The reader of {@code dz}, which the pool sends back, as one of dy, y and index; adds what else
   * it reads to {@code in}. Null: it is not of these.
   */
  static @Nullable FusedOp gradient(Step reader, Var dz, Pool pool, List<Var> in) {
    Var a = reader.in().getFirst();
    Var b = reader.in().getLast();
    return switch (reader.op()) {
      case Conv2dData c when !reader.in().get(1).equals(dz) && c.window().groups() == 1 -> {
        in.add(reader.in().get(1));
        yield new Data(c.window(), pool);
      }
      case Conv2dWeights c when !a.equals(dz) && c.window().groups() == 1 -> {
        in.add(a);
        yield new Weights(c.window(), pool);
      }
      case SumLike _ when b.shape().equals(Shape.of(dz.shape().dim(3))) -> {
        in.add(dz);
        yield new Bias(pool);
      }
      default -> null;
    };
  }

  /** (y, index) from (x, w) or (x, w, bias). */
  record Forward(Window window, Pool pool) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      Tensor bias = in.length > 2 ? in[2] : null;
      of(k).conv2dPool(window, pool, in[0], in[1], bias, out[0], out[1]);
    }

    @Override
    public boolean integer(int output) {
      return output == 1;
    }

    @Override
    public String name() {
      return "Conv2d+MaxPool2d";
    }
  }

  /** dx from (dy, y, index, w). */
  record Data(Window window, Pool pool) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      of(k).conv2dPoolData(window, pool, in[0], in[1], in[2], in[3], out[0]);
    }

    @Override
    public boolean takesInteger(int input) {
      return input == 2;
    }

    @Override
    public String name() {
      return "MaxPool2d'+Conv2dData";
    }
  }

  /** dw from (dy, y, index, x). */
  record Weights(Window window, Pool pool) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      of(k).conv2dPoolWeights(window, pool, in[3], in[0], in[1], in[2], out[0]);
    }

    @Override
    public boolean takesInteger(int input) {
      return input == 2;
    }

    @Override
    public String name() {
      return "MaxPool2d'+Conv2dWeights";
    }
  }

  /** dbias from (dy, y, index, like z). */
  record Bias(Pool pool) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      Shape z = in[3].shape();
      of(k).conv2dPoolBias(pool, z.dim(1), z.dim(2), in[0], in[1], in[2], out[0]);
    }

    @Override
    public boolean reads(int input) {
      return input < 3;
    }

    @Override
    public boolean takesInteger(int input) {
      return input == 2;
    }

    @Override
    public String name() {
      return "MaxPool2d'+SumLike";
    }
  }
}
