package dev.vitrine.nn.loss;

import static dev.vitrine.nn.loss.Targets.fitting;
import static dev.vitrine.nn.loss.Targets.perClass;

import dev.vitrine.autodiff.Var;
import org.jspecify.annotations.Nullable;

/**
 * Losses as functions of recorded values. They are differentiable towards outputs and float
 * targets, any number of times, and have PyTorch's values and gradients. Without a {@link
 * Reduction} they give the mean.
 */
public final class Losses {
  private Losses() {}

  // ---- classes

  /** mean over n of −log softmax(x)[n, t[n]]. */
  public static Var crossEntropy(Var logits, Var target) {
    return crossEntropy(logits, target, 0, null, Reduction.MEAN);
  }

  /**
   * −Σ_c q[n, c]·w[c]·log softmax(x)[n, c] with q = (1 − smoothing)·p + smoothing/C, from logits x
   * [n, C].
   *
   * <p>{@code target} is either labels, int [n], and then p is one at the label and the mean
   * divides by Σ_n w[label[n]]; or p itself, float [n, C], and then the mean divides by n.
   *
   * @param smoothing 0 to 1; Szegedy et al. 2016, section 7
   * @param weights w, float [C], or null for ones
   */
  public static Var crossEntropy(
      Var logits, Var target, float smoothing, @Nullable Var weights, Reduction reduction) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException(
          "label smoothing is a share of 1, " + smoothing + " given; take one between 0 and 1");
    }
    perClass(logits, weights);
    Var logp = logits.logSoftmax();
    if (!target.isInteger()) {
      return soft(logp, fitting(logits, target), smoothing, weights, reduction);
    }
    Var hard = nll(logp, target, weights, reduction);
    if (smoothing == 0) {
      return hard;
    }
    Var flat = rows(logp, weights);
    Var even = weighedMean(flat, target, weights, reduction);
    return hard.scale(1 - smoothing).add(even.scale(smoothing / logits.shape().dim(1)));
  }

  private static Var soft(
      Var logp, Var p, float smoothing, @Nullable Var weights, Reduction reduction) {
    Var q = smoothing == 0 ? p : p.affine(1 - smoothing, smoothing / p.shape().dim(1));
    return reduction.of(rows(logp.mul(q), weights));
  }

  /** −Σ_c w[c]·v[n, c]. */
  private static Var rows(Var v, @Nullable Var weights) {
    return (weights == null ? v : v.mul(weights)).sumLast().dropAxis(-1).negate();
  }

  /** mean of −w[t[n]]·logp[n, t[n]], from log-probabilities [n, C] and labels, int [n]. */
  public static Var nll(Var logp, Var labels) {
    return nll(logp, labels, null, Reduction.MEAN);
  }

  /**
   * As {@link #nll(Var, Var)} with class weights, float [C] or null; the mean divides by Σ_n
   * w[t[n]].
   */
  public static Var nll(Var logp, Var labels, @Nullable Var weights, Reduction reduction) {
    perClass(logp, weights);
    Targets.labels(logp, labels);
    Var picked = logp.pick(labels).negate();
    if (weights != null) {
      picked = picked.mul(weights.indexSelect(0, labels));
    }
    return weighedMean(picked, labels, weights, reduction);
  }

  /** The mean divides by the weights of the labels. */
  private static Var weighedMean(
      Var losses, Var labels, @Nullable Var weights, Reduction reduction) {
    return weights != null && reduction == Reduction.MEAN
        ? losses.total().div(weights.indexSelect(0, labels).total())
        : reduction.of(losses);
  }

  // ---- yes or no

  /** mean of −t·log p − (1 − t)·log(1 − p), from probabilities. */
  public static Var bce(Var p, Var target) {
    return bce(p, target, Reduction.MEAN);
  }

  /**
   * As {@link #bce(Var, Var)}; no logarithm is taken for less than −100, so 0 and 1 cost at most
   * 100.
   */
  public static Var bce(Var p, Var target, Reduction reduction) {
    return reduction.of(p.tape().record(new BinaryCrossEntropy(), p, fitting(p, target)).out());
  }

  /** mean of −t·log σ(x) − (1 − t)·log(1 − σ(x)), from logits. */
  public static Var bceWithLogits(Var logits, Var target) {
    return bceWithLogits(logits, target, null, Reduction.MEAN);
  }

  /**
   * w·t·softplus(−x) + (1 − t)·softplus(x): the same without a logarithm of something rounded to 0.
   * No term is negative, so nothing cancels.
   *
   * @param posWeight w, how much more a missed yes costs, stretched over the logits; null for 1
   */
  public static Var bceWithLogits(
      Var logits, Var target, @Nullable Var posWeight, Reduction reduction) {
    Var t = fitting(logits, target);
    Var missed = t.mul(logits.negate().softplus());
    Var raised = t.affine(-1, 1).mul(logits.softplus());
    return reduction.of((posWeight == null ? missed : missed.mul(posWeight)).add(raised));
  }

  // ---- numbers

  /** mean of (y − t)². */
  public static Var mse(Var y, Var target) {
    return mse(y, target, Reduction.MEAN);
  }

  public static Var mse(Var y, Var target, Reduction reduction) {
    return reduction.of(y.sub(fitting(y, target)).square());
  }

  /** mean of |y − t|. */
  public static Var l1(Var y, Var target) {
    return l1(y, target, Reduction.MEAN);
  }

  public static Var l1(Var y, Var target, Reduction reduction) {
    return reduction.of(y.sub(fitting(y, target)).abs());
  }

  /** mean of d²/2 where |d| ≤ δ, else δ·(|d| − δ/2), with d = y − t; Huber 1964. */
  public static Var huber(Var y, Var target, float delta) {
    return huber(y, target, delta, Reduction.MEAN);
  }

  /** As {@link #huber(Var, Var, float)}, written c·(d − c/2) with c = d cut off at ±δ. */
  public static Var huber(Var y, Var target, float delta, Reduction reduction) {
    if (!(delta > 0)) {
      throw new IllegalArgumentException(
          "huber: delta is where the square ends, " + delta + " given; take a positive number");
    }
    Var d = y.sub(fitting(y, target));
    Var c = d.clip(-delta, delta);
    return reduction.of(c.mul(d.sub(c.scale(0.5f))));
  }
}
