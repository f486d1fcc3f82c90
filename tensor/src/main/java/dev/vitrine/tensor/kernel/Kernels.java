package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The whole contract between the engine and a machine.
 *
 * <p>Callers have checked shapes and kinds. Every output is written completely, whatever it held
 * before. Outputs do not overlap inputs, except that {@code map}, {@code zip}, {@code select} and
 * the optimiser steps may write over an input of the same shape. The order of every floating-point
 * operation is fixed (NUMERICS.md); {@code kernel.scalar} is its executable form.
 */
public interface Kernels {

  /** y = v everywhere. */
  void fill(float v, Tensor y);

  /** y = x; same kind and size, shapes may differ. */
  void copy(Tensor x, Tensor y);

  // ---- element by element

  /** y = f(x; p, q). */
  void map(Unary f, float p, float q, Tensor x, Tensor y);

  /** y = f(a, b), trailing axes aligned, extents of 1 stretched. */
  void zip(Binary f, Tensor a, Tensor b, Tensor y);

  /** y = a where c ≠ 0, else b, all three stretched to the shape of y. */
  void select(Tensor c, Tensor a, Tensor b, Tensor y);

  /** y = x stretched to the shape of y. */
  void broadcast(Tensor x, Tensor y);

  // ---- along an axis

  /** y[r] = Σ_j x[r, j]; x holds |y| rows. Order: NUMERICS.md, row sums. */
  void sumRows(Tensor x, Tensor y);

  /** y[o, i] = Σ_j x[o, j, i]. Order: NUMERICS.md, column sums. */
  void sumColumns(Fold f, Tensor x, Tensor y);

  /** y[o, i] = Π_j x[o, j, i], j ascending. */
  void product(Fold f, Tensor x, Tensor y);

  /**
   * y[o, j, i] = Π_{l≠j} x[o, l, i]: the product of those before times the product of those behind.
   */
  void productOfOthers(Fold f, Tensor x, Tensor y);

  /**
   * y[o, j, i] = Σ_{l≤j} x[o, l, i], one ascending chain; reverse: Σ_{l≥j}, one descending chain.
   */
  void cumulativeSum(Fold f, boolean reverse, Tensor x, Tensor y);

  /** y[o, i] = max_j x[o, j, i] and the first j where it is reached; the first NaN wins. */
  void max(Fold f, Tensor x, Tensor y, Tensor index);

  /** As {@link #max} for the minimum. */
  void min(Fold f, Tensor x, Tensor y, Tensor index);

  /** y[r, j] = e_j / Σ e with e = exp(x[r, ·] − max x[r, ·]), over the last axis. */
  void softmax(Tensor x, Tensor y);

  /** y[r, j] = (x[r, j] − m) − log Σ exp(x[r, ·] − m), m = max x[r, ·], over the last axis. */
  void logSoftmax(Tensor x, Tensor y);

  /**
   * y[r] = m + log Σ exp(x[r, ·] − m), m = max x[r, ·] (0 if that is infinite), over the last axis.
   */
  void logSumExp(Tensor x, Tensor y);

  // ---- products

  /**
   * y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]); {@code ta}, {@code tb}: that operand's last
   * two axes are swapped. Leading axes are stretched like those of {@link #zip}. Order:
   * NUMERICS.md, dot products.
   */
  void matmul(boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y);

  /**
   * y[n, oh, ow, o] = Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] (+
   * bias[o]); x [n, h, w, c], w [kh, kw, c/groups, o].
   */
  void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y);

  /** dx of {@link #conv2d} from dy and w. */
  void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx);

  /** dw of {@link #conv2d} from x and dy. */
  void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw);

  // ---- pools and images

  /**
   * y = the largest of each kh × kw window, index = where in its image (h·w·c, flat) it was found,
   * the first of equals in row-major order; padding never wins.
   */
  void maxPool2d(Window g, int kh, int kw, Tensor x, Tensor y, Tensor index);

  /**
   * y = the mean of each kh × kw window, taps in row-major order; divided by kh·kw ({@code
   * countPad}) or by the taps inside the image.
   */
  void avgPool2d(Window g, int kh, int kw, boolean countPad, Tensor x, Tensor y);

  /** dx of {@link #avgPool2d}. */
  void avgPool2dData(Window g, int kh, int kw, boolean countPad, Tensor dy, Tensor dx);

  /** Resizes images x [n, h, w, c] to y [n, h', w', c]. */
  void interpolate(Interpolation mode, Tensor x, Tensor y);

  /** dx of {@link #interpolate}. */
  void interpolateData(Interpolation mode, Tensor dy, Tensor dx);

  // ---- moving elements

  /**
   * y[o, j, i] = x[o, index(o, j, i), i]; f is x around the axis. The index holds m entries shared
   * by all (o, i), or whole rows [R, m, inner], row o mod R serving row o.
   */
  void gather(Fold f, Tensor x, Tensor index, Tensor y);

  /**
   * dx = 0, then dx[o, index(o, j, i), i] += dy[o, j, i] with j ascending; f is dx around the axis.
   */
  void scatter(Fold f, Tensor dy, Tensor index, Tensor dx);

  /** y[i₀, i₁, …] = x with its axes reordered: axis k of y is axis {@code axes[k]} of x. */
  void permute(int[] axes, Tensor x, Tensor y);

  /** y[o, j, i] = x[o, start + j·step, i]; f is x around the axis; steps may be negative. */
  void slice(Fold f, int start, int step, Tensor x, Tensor y);

  /**
   * y[o, start + j·step, i] = x[o, j, i]; f is y around the axis; the rest of y keeps what it held.
   */
  void paste(Fold f, int start, int step, Tensor x, Tensor y);

  // ---- random numbers

  /**
   * y = random numbers of Philox 4x32-10: key = seed, counter = (element of the row / 4, row, step,
   * stream), row = firstRow + index along the leading axis. {@code clock} is int32 [2]: step,
   * firstRow.
   */
  void random(Draw draw, long seed, int stream, float p, Tensor clock, Tensor y);

  // ---- optimiser steps: element by element, each reads everything before it writes; state that a
  // variant does not keep is null, the old and the new

  /**
   * g' = g + decay·w; b' = started ? momentum·b + (1 − dampening)·g' : g'; w' = w − rate·(nesterov
   * ? g' + momentum·b' : b'). Without b: b' = g'. {@code rates} = [rate, started, …].
   */
  void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1);

  /**
   * Adam, AdamW and, with {@code top}, the running maximum of v, AMSGrad. {@code rates} = [rate, 1
   * − β₁ᵗ, √(1 − β₂ᵗ)].
   */
  void adam(
      Adam s,
      Tensor w,
      Tensor g,
      Tensor m,
      Tensor v,
      @Nullable Tensor top,
      Tensor rates,
      Tensor w1,
      Tensor m1,
      Tensor v1,
      @Nullable Tensor top1);

  /** RMSprop; with {@code mean} centred, with {@code b} with momentum. {@code rates} = [rate]. */
  void rmsprop(
      RmsProp s,
      Tensor w,
      Tensor g,
      Tensor v,
      @Nullable Tensor mean,
      @Nullable Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor v1,
      @Nullable Tensor mean1,
      @Nullable Tensor b1);

  /** v' = v + g'²; w' = w − rate·g'/(√v' + ε), g' = g + decay·w; {@code rates} = [rate]. */
  void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1);

  /** Constants of {@link #sgd}. */
  record Sgd(float momentum, float dampening, boolean nesterov, float decay) {}

  /**
   * Constants of {@link #adam}; {@code decoupled}: w is first multiplied by 1 − rate·decay (AdamW).
   */
  record Adam(float beta1, float beta2, float epsilon, float decay, boolean decoupled) {}

  /** Constants of {@link #rmsprop}. */
  record RmsProp(float alpha, float epsilon, float momentum, float decay) {}

  /** Constants of {@link #adagrad}. */
  record Adagrad(float epsilon, float decay) {}

  // ---- whole programs

  /** Kernels that do several calls' work at once; null: this backend makes the calls one by one. */
  default @Nullable FusedKernels fused() {
    return null;
  }

  /**
   * A way to make these calls again and again on the same operands: themselves, or a record of them
   * that the backend keeps. They must call nothing but these kernels, and are not made yet.
   *
   * <p>Each member of a team captures the same calls, one member after the other. What they get
   * they run at the same time; to wait for each other between calls is part of it.
   */
  default Replay capture(Runnable calls) {
    return calls::run;
  }
}
