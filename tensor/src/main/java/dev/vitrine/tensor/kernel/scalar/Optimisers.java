package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import dev.vitrine.tensor.kernel.Unary;

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
   * g' = fma(decay, w, g); b' = moment(started ≠ 0 ? fma(momentum, b, (1 − dampening)·g') : g'); d
   * = nesterov ? fma(momentum, b', g') : b'; w' = fma(−rate, d, w).
   */
  static void sgd(Sgd s, Tensor w, Tensor g, Tensor b, Tensor rates, Tensor w1, Tensor b1) {
    float rate = rates.at(0);
    boolean started = rates.at(1) != 0;
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = Math.fma(s.decay(), wi, g.at(i));
      float bi = moment(started ? Math.fma(s.momentum(), b.at(i), (1 - s.dampening()) * gi) : gi);
      float d = s.nesterov() ? Math.fma(s.momentum(), bi, gi) : bi;
      b1.put(i, bi);
      w1.put(i, Math.fma(-rate, d, wi));
    }
  }

  /**
   * Coupled decay: g' = fma(decay, w, g), u = w; decoupled: g' = g, u = w·(1 − rate·decay). m' =
   * moment(fma(β₁, m, (1 − β₁)·g')); v' = moment(fma(β₂, v, (1 − β₂)·(g'·g'))); top' = amsgrad ?
   * max(top, v') : v'; w' = fma(−(rate/(1 − β₁ᵗ)), m'/(√top'/√(1 − β₂ᵗ) + ε), u).
   */
  static void adam(
      Adam s,
      Tensor w,
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor top,
      Tensor rates,
      Tensor w1,
      Tensor m1,
      Tensor v1,
      Tensor top1) {
    float step = rates.at(0) / rates.at(1);
    float keep = s.decoupled() ? 1 - rates.at(0) * s.decay() : 1;
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = s.decoupled() ? g.at(i) : Math.fma(s.decay(), wi, g.at(i));
      float ui = s.decoupled() ? wi * keep : wi;
      float mi = moment(Math.fma(s.beta1(), m.at(i), (1 - s.beta1()) * gi));
      float vi = moment(Math.fma(s.beta2(), v.at(i), (1 - s.beta2()) * (gi * gi)));
      float ti = s.amsgrad() ? Binary.MAX.apply(top.at(i), vi) : vi;
      float d = mi / (sqrt(ti) / rates.at(2) + s.epsilon());
      top1.put(i, ti);
      m1.put(i, mi);
      v1.put(i, vi);
      w1.put(i, Math.fma(-step, d, ui));
    }
  }

  /**
   * g' = fma(decay, w, g); v' = moment(fma(α, v, (1 − α)·(g'·g'))); centred: mean' = moment(fma(α,
   * mean, (1 − α)·g')), z = relu(fma(−mean', mean', v')), which rounding could make negative; else
   * mean' = mean, z = v'. q = g'/(√z + ε); momentum ≠ 0: b' = moment(fma(momentum, b, q)), d = b';
   * else b' = b, d = q. w' = fma(−rate, d, w).
   */
  static void rmsprop(
      RmsProp s,
      Tensor w,
      Tensor g,
      Tensor v,
      Tensor mean,
      Tensor b,
      Tensor rates,
      Tensor w1,
      Tensor v1,
      Tensor mean1,
      Tensor b1) {
    float rate = rates.at(0);
    boolean momentum = s.momentum() != 0;
    for (long i = 0; i < w1.size(); i++) {
      float wi = w.at(i);
      float gi = Math.fma(s.decay(), wi, g.at(i));
      float vi = moment(Math.fma(s.alpha(), v.at(i), (1 - s.alpha()) * (gi * gi)));
      float ci = mean.at(i);
      float z = vi;
      if (s.centered()) {
        ci = moment(Math.fma(s.alpha(), ci, (1 - s.alpha()) * gi));
        z = Unary.RELU.apply(Math.fma(-ci, ci, vi), 0, 0);
      }
      float q = gi / (sqrt(z) + s.epsilon());
      float bi = momentum ? moment(Math.fma(s.momentum(), b.at(i), q)) : b.at(i);
      mean1.put(i, ci);
      b1.put(i, bi);
      v1.put(i, vi);
      w1.put(i, Math.fma(-rate, momentum ? bi : q, wi));
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
