package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import dev.vitrine.tensor.kernel.Unary;
import org.jspecify.annotations.Nullable;

/**
 * w' = w − rate · direction, element by element; every result may lie over its operand.
 *
 * <p>In the formulas fma(a, b, c) is a·b + c with one rounding; all else rounds step by step, from
 * left to right, 1 − β included. {@code moment} is the value that is stored and the one that is
 * used.
 */
final class Optimisers {
  private static final float TINY = 0x1p-100f;

  private Optimisers() {}

  /** Dead weights' moments would creep along in denormals, at twenty times the cost. */
  private static float moment(float v) {
    return Math.abs(v) < TINY ? 0 : v;
  }

  /**
   * g' = fma(decay, w, g); b' = moment(b and started ≠ 0 ? fma(momentum, b, (1 − dampening)·g') :
   * g'); d = nesterov ? fma(momentum, b', g') : b'; w' = fma(−rate, d, w).
   */
  static void sgd(
      Sgd s, Tensor w, Tensor g, @Nullable Tensor b, Tensor rates, Tensor w1, @Nullable Tensor b1) {
    float rate = rates.at(0);
    boolean started = rates.at(1) != 0;
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = Math.fma(s.decay(), wi, g.at(i));
      float bi =
          b != null && started ? Math.fma(s.momentum(), b.at(i), (1 - s.dampening()) * gi) : gi;
      bi = moment(bi);
      float d = s.nesterov() ? Math.fma(s.momentum(), bi, gi) : bi;
      if (b1 != null) {
        b1.put(i, bi);
      }
      w1.put(i, Math.fma(-rate, d, wi));
    }
  }

  /**
   * Coupled decay: g' = fma(decay, w, g), u = w; decoupled: g' = g, u = w·(1 − rate·decay). m' =
   * moment(fma(β₁, m, (1 − β₁)·g')); v' = moment(fma(β₂, v, (1 − β₂)·(g'·g'))); top' = top ?
   * max(top, v') : v'; w' = fma(−(rate/(1 − β₁ᵗ)), m'/(√top'/√(1 − β₂ᵗ) + ε), u).
   */
  static void adam(
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
      @Nullable Tensor top1) {
    float step = rates.at(0) / rates.at(1);
    float keep = s.decoupled() ? 1 - rates.at(0) * s.decay() : 1;
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = s.decoupled() ? g.at(i) : Math.fma(s.decay(), wi, g.at(i));
      float ui = s.decoupled() ? wi * keep : wi;
      float mi = moment(Math.fma(s.beta1(), m.at(i), (1 - s.beta1()) * gi));
      float vi = moment(Math.fma(s.beta2(), v.at(i), (1 - s.beta2()) * (gi * gi)));
      float ti = top != null ? Binary.MAX.apply(top.at(i), vi) : vi;
      float d = mi / (sqrt(ti) / rates.at(2) + s.epsilon());
      if (top1 != null) {
        top1.put(i, ti);
      }
      m1.put(i, mi);
      v1.put(i, vi);
      w1.put(i, Math.fma(-step, d, ui));
    }
  }

  /**
   * g' = fma(decay, w, g); v' = moment(fma(α, v, (1 − α)·(g'·g'))); with mean: mean' =
   * moment(fma(α, mean, (1 − α)·g')), z = relu(fma(−mean', mean', v')), which rounding could make
   * negative; else z = v'. q = g'/(√z + ε); with b: b' = moment(fma(momentum, b, q)), d = b'; else
   * d = q. w' = fma(−rate, d, w).
   */
  static void rmsprop(
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
      @Nullable Tensor b1) {
    float rate = rates.at(0);
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = Math.fma(s.decay(), wi, g.at(i));
      float vi = moment(Math.fma(s.alpha(), v.at(i), (1 - s.alpha()) * (gi * gi)));
      float z = vi;
      if (mean != null && mean1 != null) {
        float ci = moment(Math.fma(s.alpha(), mean.at(i), (1 - s.alpha()) * gi));
        z = Unary.RELU.apply(Math.fma(-ci, ci, vi), 0, 0);
        mean1.put(i, ci);
      }
      float d = gi / (sqrt(z) + s.epsilon());
      if (b != null && b1 != null) {
        d = moment(Math.fma(s.momentum(), b.at(i), d));
        b1.put(i, d);
      }
      v1.put(i, vi);
      w1.put(i, Math.fma(-rate, d, wi));
    }
  }

  /** g' = fma(decay, w, g); v' = moment(fma(g', g', v)); w' = fma(−rate, g'/(√v' + ε), w). */
  static void adagrad(Adagrad s, Tensor w, Tensor g, Tensor v, Tensor rates, Tensor w1, Tensor v1) {
    float rate = rates.at(0);
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = Math.fma(s.decay(), wi, g.at(i));
      float vi = moment(Math.fma(gi, gi, v.at(i)));
      v1.put(i, vi);
      w1.put(i, Math.fma(-rate, gi / (sqrt(vi) + s.epsilon()), wi));
    }
  }

  private static float sqrt(float v) {
    return (float) Math.sqrt(v);
  }
}
