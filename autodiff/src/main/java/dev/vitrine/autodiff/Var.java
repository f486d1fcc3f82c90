package dev.vitrine.autodiff;

import dev.vitrine.autodiff.op.Abs;
import dev.vitrine.autodiff.op.Add;
import dev.vitrine.autodiff.op.Affine;
import dev.vitrine.autodiff.op.AvgPool2d;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.BatchNormTrain;
import dev.vitrine.autodiff.op.BroadcastLike;
import dev.vitrine.autodiff.op.Clip;
import dev.vitrine.autodiff.op.Concat;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.Cos;
import dev.vitrine.autodiff.op.CumSum;
import dev.vitrine.autodiff.op.Detach;
import dev.vitrine.autodiff.op.Div;
import dev.vitrine.autodiff.op.DropAxis;
import dev.vitrine.autodiff.op.Elu;
import dev.vitrine.autodiff.op.Equal;
import dev.vitrine.autodiff.op.Erf;
import dev.vitrine.autodiff.op.Exp;
import dev.vitrine.autodiff.op.Expm1;
import dev.vitrine.autodiff.op.FillLike;
import dev.vitrine.autodiff.op.Flatten;
import dev.vitrine.autodiff.op.Flip;
import dev.vitrine.autodiff.op.Gather;
import dev.vitrine.autodiff.op.Gelu;
import dev.vitrine.autodiff.op.GeluTanh;
import dev.vitrine.autodiff.op.Greater;
import dev.vitrine.autodiff.op.IndexSelect;
import dev.vitrine.autodiff.op.InsertAxis;
import dev.vitrine.autodiff.op.Interpolate;
import dev.vitrine.autodiff.op.Ints;
import dev.vitrine.autodiff.op.LayerNorm;
import dev.vitrine.autodiff.op.LeakyRelu;
import dev.vitrine.autodiff.op.Linear;
import dev.vitrine.autodiff.op.Log;
import dev.vitrine.autodiff.op.Log1p;
import dev.vitrine.autodiff.op.LogSoftmax;
import dev.vitrine.autodiff.op.LogSumExp;
import dev.vitrine.autodiff.op.MatMul;
import dev.vitrine.autodiff.op.Max;
import dev.vitrine.autodiff.op.MaxAll;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Maximum;
import dev.vitrine.autodiff.op.Min;
import dev.vitrine.autodiff.op.Minimum;
import dev.vitrine.autodiff.op.Mul;
import dev.vitrine.autodiff.op.Negate;
import dev.vitrine.autodiff.op.Over;
import dev.vitrine.autodiff.op.Pad;
import dev.vitrine.autodiff.op.PerCount;
import dev.vitrine.autodiff.op.Permute;
import dev.vitrine.autodiff.op.Pow;
import dev.vitrine.autodiff.op.PowTensor;
import dev.vitrine.autodiff.op.Prod;
import dev.vitrine.autodiff.op.Reciprocal;
import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.autodiff.op.Reshape;
import dev.vitrine.autodiff.op.ReshapeLike;
import dev.vitrine.autodiff.op.Rsqrt;
import dev.vitrine.autodiff.op.Scale;
import dev.vitrine.autodiff.op.Scatter;
import dev.vitrine.autodiff.op.Select;
import dev.vitrine.autodiff.op.Shift;
import dev.vitrine.autodiff.op.Sigmoid;
import dev.vitrine.autodiff.op.Sign;
import dev.vitrine.autodiff.op.Silu;
import dev.vitrine.autodiff.op.Sin;
import dev.vitrine.autodiff.op.Slice;
import dev.vitrine.autodiff.op.Softmax;
import dev.vitrine.autodiff.op.Softplus;
import dev.vitrine.autodiff.op.Sqrt;
import dev.vitrine.autodiff.op.Square;
import dev.vitrine.autodiff.op.Step;
import dev.vitrine.autodiff.op.Sub;
import dev.vitrine.autodiff.op.Sum;
import dev.vitrine.autodiff.op.SumLike;
import dev.vitrine.autodiff.op.Tanh;
import dev.vitrine.autodiff.op.Within;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.tensor.kernel.Window;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A value on a tape: output {@code index} of a node, with the usual operators. Each records a node
 * on the same tape. Two operands broadcast: trailing axes aligned, extents of 1 stretched. Negative
 * axes count from the end.
 */
public record Var(Node node, int index) {

  public Shape shape() {
    return node.shape(index);
  }

  public Tape tape() {
    return node.tape();
  }

  /** True for labels, indices and clocks: int32, without gradient. */
  public boolean isInteger() {
    return node.op().integer(index);
  }

  /** The value; an error on a tape that only records. */
  public Tensor value() {
    Tensor t = node.value(index);
    if (t == null) {
      throw new IllegalStateException(
          this + " has no value: its tape only records; compile it, or use an eager tape");
    }
    return t;
  }

  private Var op(Op op, Var... more) {
    Var[] in = new Var[more.length + 1];
    in[0] = this;
    System.arraycopy(more, 0, in, 1, more.length);
    return tape().record(op, in).out();
  }

  // ---- arithmetic

  public Var add(Var o) {
    return op(new Add(), o);
  }

  public Var sub(Var o) {
    return op(new Sub(), o);
  }

  public Var mul(Var o) {
    return op(new Mul(), o);
  }

  public Var div(Var o) {
    return op(new Div(), o);
  }

  public Var maximum(Var o) {
    return op(new Maximum(), o);
  }

  public Var minimum(Var o) {
    return op(new Minimum(), o);
  }

  /** 1 where this &gt; o, else 0; no gradient. */
  public Var greater(Var o) {
    return op(new Greater(), o);
  }

  /** 1 where this = o, else 0; no gradient. */
  public Var equal(Var o) {
    return op(new Equal(), o);
  }

  /** this^o; the base must be positive for a gradient towards o. */
  public Var pow(Var o) {
    return op(new PowTensor(), o);
  }

  /** this^exponent. */
  public Var pow(float exponent) {
    return op(new Pow(exponent));
  }

  /** factor·this. */
  public Var scale(float factor) {
    return op(new Scale(factor));
  }

  /** this + offset. */
  public Var shift(float offset) {
    return op(new Shift(offset));
  }

  /** factor·this + offset, rounded once. */
  public Var affine(float factor, float offset) {
    return op(new Affine(factor, offset));
  }

  /** this / divisor. */
  public Var over(float divisor) {
    return op(new Over(divisor));
  }

  public Var negate() {
    return op(new Negate());
  }

  public Var abs() {
    return op(new Abs());
  }

  /** −1, 0 or 1; no gradient. */
  public Var sign() {
    return op(new Sign());
  }

  /** 1 where this &gt; 0, else 0; no gradient. */
  public Var step() {
    return op(new Step());
  }

  public Var square() {
    return op(new Square());
  }

  public Var sqrt() {
    return op(new Sqrt());
  }

  /** 1 / √this. */
  public Var rsqrt() {
    return op(new Rsqrt());
  }

  /** 1 / this. */
  public Var reciprocal() {
    return op(new Reciprocal());
  }

  public Var exp() {
    return op(new Exp());
  }

  /** e^this − 1. */
  public Var expm1() {
    return op(new Expm1());
  }

  public Var log() {
    return op(new Log());
  }

  /** ln(1 + this). */
  public Var log1p() {
    return op(new Log1p());
  }

  public Var sin() {
    return op(new Sin());
  }

  public Var cos() {
    return op(new Cos());
  }

  public Var tanh() {
    return op(new Tanh());
  }

  public Var sigmoid() {
    return op(new Sigmoid());
  }

  public Var erf() {
    return op(new Erf());
  }

  public Var relu() {
    return op(new Relu());
  }

  public Var silu() {
    return op(new Silu());
  }

  public Var gelu() {
    return op(new Gelu());
  }

  public Var geluTanh() {
    return op(new GeluTanh());
  }

  /** ln(1 + e^this). */
  public Var softplus() {
    return op(new Softplus());
  }

  /** ln(1 + e^(β·this))/β. */
  public Var softplus(float beta) {
    return scale(beta).softplus().over(beta);
  }

  /** this where positive, else slope·this. */
  public Var leakyRelu(float slope) {
    return op(new LeakyRelu(slope));
  }

  /** this where positive, else α(e^this − 1). */
  public Var elu(float alpha) {
    return op(new Elu(alpha));
  }

  /** Cut off at low and high. */
  public Var clip(float low, float high) {
    return op(new Clip(low, high));
  }

  /** 1 where low ≤ this ≤ high, else 0; no gradient. */
  public Var within(float low, float high) {
    return op(new Within(low, high));
  }

  /** This (zero or not) chooses: a where it is not zero, else b. */
  public Var select(Var a, Var b) {
    return op(new Select(a.isInteger()), a, b);
  }

  // ---- shapes

  /** This shape, filled. */
  public Var filled(float value) {
    return op(new FillLike(value));
  }

  public Var zeros() {
    return filled(0);
  }

  public Var ones() {
    return filled(1);
  }

  /** The same value; no gradient passes. */
  public Var detach() {
    return op(new Detach());
  }

  /** Stretched to the shape of {@code like}. */
  public Var broadcastLike(Var like) {
    return op(new BroadcastLike(), like);
  }

  /** Summed over what broadcasting had stretched, back to the shape of {@code like}. */
  public Var sumLike(Var like) {
    return op(new SumLike(), like);
  }

  /** The same elements in the shape of {@code like}. */
  public Var reshapeLike(Var like) {
    return op(new ReshapeLike(), like);
  }

  /** The same elements under another shape; one extent may be −1. */
  public Var reshape(int... dims) {
    return op(new Reshape(Ints.of(dims)));
  }

  /** [n, …] as [n, ·]. */
  public Var flatten() {
    return op(new Flatten());
  }

  /** One more axis of extent 1 in front of {@code axis}. */
  public Var insertAxis(int axis) {
    return op(new InsertAxis(axis));
  }

  /** Without an axis of extent 1. */
  public Var dropAxis(int axis) {
    return op(new DropAxis(shape().axis(axis)));
  }

  /** Axis k of the result is axis {@code axes[k]} of this. */
  public Var permute(int... axes) {
    return op(new Permute(Ints.of(axes)));
  }

  /** The last two axes swapped. */
  public Var transpose() {
    int r = shape().rank();
    int[] axes = new int[r];
    for (int i = 0; i < r; i++) {
      axes[i] = i < r - 2 ? i : 2 * r - 3 - i;
    }
    return permute(axes);
  }

  // ---- along axes; they stay with extent 1 unless dropped

  /** Sum over the given axes (none given: all of them), which stay with extent 1. */
  public Var sum(int... axes) {
    return folded(axes, (v, from, to) -> v.op(new Sum(from, to)));
  }

  /** Mean over the given axes (none given: all of them), which stay with extent 1. */
  public Var mean(int... axes) {
    Var s = sum(axes);
    return s.perCount(this, s);
  }

  /** The sum over everything, a scalar. */
  public Var total() {
    return sumLike(tape().constant(0));
  }

  /** The mean over everything, a scalar. */
  public Var average() {
    Var s = total();
    return s.perCount(this, s);
  }

  /** Sum over the last axis. */
  public Var sumLast() {
    return op(new Sum(shape().rank() - 1, shape().rank()));
  }

  /** Variance over the given axes; unbiased: divided by one less than their count. */
  public Var variance(boolean unbiased, int... axes) {
    Var squares = sub(mean(axes)).square().sum(axes);
    return squares.perCount(this, squares, unbiased ? 1 : 0);
  }

  /** This ÷ the number of elements of {@code many} behind each of {@code few}. */
  public Var perCount(Var many, Var few) {
    return perCount(many, few, 0);
  }

  /** As {@link #perCount(Var, Var)}, the number made smaller by {@code less}. */
  public Var perCount(Var many, Var few, int less) {
    return op(new PerCount(less), many, few);
  }

  /** √Σ x² over everything, a scalar. */
  public Var norm() {
    return square().total().sqrt();
  }

  /** Product over the given axes. */
  public Var prod(int... axes) {
    return folded(axes, (v, from, to) -> v.op(new Prod(from, to)));
  }

  /** Running sum along an axis. */
  public Var cumSum(int axis) {
    return op(new CumSum(shape().axis(axis), false));
  }

  /** The largest along an axis, which stays with extent 1; output 1 of its node is where. */
  public Var max(int axis) {
    int a = shape().axis(axis);
    return op(new Max(a, a + 1));
  }

  /** As {@link #max(int)} for the smallest. */
  public Var min(int axis) {
    int a = shape().axis(axis);
    return op(new Min(a, a + 1));
  }

  /** The largest of all, a scalar; equal ones share the gradient. */
  public Var maxAll() {
    return op(new MaxAll());
  }

  /** softmax along an axis. */
  public Var softmax(int axis) {
    return lastAxis(axis, Var::softmax);
  }

  /** softmax along the last axis. */
  public Var softmax() {
    return op(new Softmax());
  }

  /** ln softmax along an axis. */
  public Var logSoftmax(int axis) {
    return lastAxis(axis, Var::logSoftmax);
  }

  /** ln softmax along the last axis. */
  public Var logSoftmax() {
    return op(new LogSoftmax());
  }

  /** ln Σ e^this along an axis, which stays with extent 1. */
  public Var logSumExp(int axis) {
    return lastAxis(axis, Var::logSumExp);
  }

  /** ln Σ e^this along the last axis, which stays with extent 1. */
  public Var logSumExp() {
    return op(new LogSumExp());
  }

  // ---- products

  /** Matrix product of the last two axes; leading axes broadcast. */
  public Var matmul(Var o) {
    return matmul(o, false, false);
  }

  /** As {@link #matmul(Var)} with this ({@code ta}) or o ({@code tb}) transposed. */
  public Var matmul(Var o, boolean ta, boolean tb) {
    return op(new MatMul(ta, tb), o);
  }

  /** this·w (+ b): this [n, i], w [i, o], b [o] or null. */
  public Var linear(Var w, @Nullable Var b) {
    return b == null ? op(new Linear(), w) : op(new Linear(), w, b);
  }

  /** this ⋆ w (+ b): this [n, h, w, c], w [kh, kw, c/groups, o], b [o] or null. */
  public Var conv2d(Window g, Var w, @Nullable Var b) {
    return b == null ? op(new Conv2d(g), w) : op(new Conv2d(g), w, b);
  }

  // ---- images [n, h, w, c]

  /** The largest of each kh × kw window; output 1 of its node is where. */
  public Var maxPool2d(int kh, int kw, Window g) {
    return op(new MaxPool2d(kh, kw, g));
  }

  /** The mean of each kh × kw window; countPad: padding counts as zeros. */
  public Var avgPool2d(int kh, int kw, Window g, boolean countPad) {
    return op(new AvgPool2d(kh, kw, g, countPad));
  }

  /** Resized. */
  public Var interpolate(Interpolation mode, int height, int width) {
    return op(new Interpolate(mode, height, width));
  }

  // ---- norms

  /** Batch norm with given statistics. */
  public Var batchNorm(Var gamma, Var beta, Var mean, Var var, float epsilon) {
    return op(new BatchNorm(epsilon), gamma, beta, mean, var);
  }

  /**
   * Batch norm with the batch's own statistics, which are outputs 1 (mean) and 2 (variance) of its
   * node.
   */
  public Var batchNormTrain(Var gamma, Var beta, float epsilon) {
    return op(new BatchNormTrain(epsilon), gamma, beta);
  }

  /** Layer norm over as many trailing axes as γ has. */
  public Var layerNorm(Var gamma, Var beta, float epsilon) {
    return op(new LayerNorm(gamma.shape().rank(), epsilon), gamma, beta);
  }

  // ---- moving elements

  /** y[o, j, i] = this[o, index[o, j, i], i] along an axis. */
  public Var gather(int axis, Var index) {
    int a = shape().axis(axis);
    return gather(a, a + 1, index);
  }

  /** The same along the axes from (inclusive) to (exclusive) taken as one. */
  public Var gather(int from, int to, Var index) {
    return op(new Gather(from, to), index);
  }

  /** y[n] = this[n, index[n]]: one element per row, this [n, c], index [n]. */
  public Var pick(Var index) {
    return op(new Gather(1, shape().rank()), index);
  }

  /**
   * The transpose of gather: zeros in the shape of {@code like}, with this added where the index
   * says.
   */
  public Var scatter(int from, int to, Var index, Var like) {
    return op(new Scatter(from, to), index, like);
  }

  /** Slices along an axis, in the order of the index. */
  public Var indexSelect(int axis, Var index) {
    return op(new IndexSelect(shape().axis(axis)), index);
  }

  /** Elements start (inclusive) to stop (exclusive) along an axis. */
  public Var slice(int axis, int start, int stop) {
    return slice(axis, start, stop, 1);
  }

  /** Every step-th element from start (inclusive) to stop (exclusive) along an axis. */
  public Var slice(int axis, int start, int stop, int step) {
    int count = step == 0 ? 0 : Math.ceilDiv(stop - start, step);
    return op(new Slice(shape().axis(axis), start, step, Math.max(count, 0)));
  }

  /** Backwards along an axis. */
  public Var flip(int axis) {
    return op(new Flip(shape().axis(axis)));
  }

  /** {@code before} and {@code after} more elements along an axis. */
  public Var pad(int axis, int before, int after, float value) {
    return op(new Pad(shape().axis(axis), before, after, value));
  }

  /** One behind the other along an axis. */
  public static Var concat(int axis, Var... parts) {
    return parts[0].tape().record(new Concat(parts[0].shape().axis(axis)), parts).out();
  }

  /** A step over neighbouring axes taken as one. */
  @FunctionalInterface
  private interface Folded {
    Var apply(Var v, int from, int to);
  }

  /** Applies the step to each group of neighbouring axes, the last group first. */
  private Var folded(int[] axes, Folded step) {
    int rank = shape().rank();
    boolean[] chosen = new boolean[rank];
    for (int a : axes) {
      chosen[shape().axis(a)] = true;
    }
    Var v = this;
    for (int to = rank; to > 0; to--) {
      int from = to;
      while (from > 0 && (axes.length == 0 || chosen[from - 1])) {
        from--;
      }
      if (from < to) {
        v = step.apply(v, from, to);
        to = from + 1;
      }
    }
    return v;
  }

  /** Runs {@code f}, which works along the last axis, along another one. */
  private Var lastAxis(int axis, UnaryOperator<Var> f) {
    int rank = shape().rank();
    int a = shape().axis(axis);
    if (a == rank - 1) {
      return f.apply(this);
    }
    int[] swap = new int[rank];
    Arrays.setAll(swap, i -> i == a ? rank - 1 : i == rank - 1 ? a : i);
    return f.apply(permute(swap)).permute(swap);
  }

  @Override
  public String toString() {
    String name = node.name().isEmpty() ? "" : " " + node.name();
    return "%" + node.index() + (index == 0 ? "" : "." + index) + name;
  }
}
