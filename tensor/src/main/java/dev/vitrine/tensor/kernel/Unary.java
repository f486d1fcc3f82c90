package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.kernel.math.Erf;
import dev.vitrine.tensor.kernel.math.Exp;
import dev.vitrine.tensor.kernel.math.Gelu;
import dev.vitrine.tensor.kernel.math.Log;
import dev.vitrine.tensor.kernel.math.Pow;
import dev.vitrine.tensor.kernel.math.Sigmoid;
import dev.vitrine.tensor.kernel.math.Silu;
import dev.vitrine.tensor.kernel.math.Softplus;
import dev.vitrine.tensor.kernel.math.Tanh;
import dev.vitrine.tensor.kernel.math.Trig;

/**
 * y = f(x) with up to two parameters p and q. The lambda is the definition that every backend
 * follows.
 */
public enum Unary {
  NEGATE((x, p, q) -> -x),
  ABS((x, p, q) -> Math.abs(x)),
  /** −1, 0 or 1; zeros and NaN stay what they are. */
  SIGN((x, p, q) -> x > 0 ? 1 : x < 0 ? -1 : x),
  /** 1 where x > 0, else 0; NaN gives 0. */
  STEP((x, p, q) -> x > 0 ? 1 : 0),
  /** +0 where x ≤ 0, else x, so NaN stays NaN and −0 becomes +0. */
  RELU((x, p, q) -> x <= 0 ? 0f : x),
  /** x where x > 0, else p·x. */
  LEAKY_RELU((x, p, q) -> x > 0 ? x : p * x),
  /** x where x > 0, else p·(eˣ − 1). */
  ELU((x, p, q) -> x > 0 ? x : p * Exp.expm1(x)),
  /** Into [p, q]; NaN stays NaN. */
  CLIP((x, p, q) -> x < p ? p : x > q ? q : x),
  /** 1 where p ≤ x ≤ q, else 0. */
  WITHIN((x, p, q) -> x >= p && x <= q ? 1 : 0),
  /** p·x. */
  SCALE((x, p, q) -> p * x),
  /** x + p. */
  SHIFT((x, p, q) -> x + p),
  /** p·x + q with one rounding. */
  AFFINE((x, p, q) -> Math.fma(p, x, q)),
  /** x / p. */
  OVER((x, p, q) -> x / p),
  SQUARE((x, p, q) -> x * x),
  SQRT((x, p, q) -> (float) Math.sqrt(x)),
  /** 1 / √x, two roundings. */
  RSQRT((x, p, q) -> 1 / (float) Math.sqrt(x)),
  RECIPROCAL((x, p, q) -> 1 / x),
  EXP((x, p, q) -> Exp.exp(x)),
  EXPM1((x, p, q) -> Exp.expm1(x)),
  LOG((x, p, q) -> Log.log(x)),
  LOG1P((x, p, q) -> Log.log1p(x)),
  SIN((x, p, q) -> Trig.sin(x)),
  COS((x, p, q) -> Trig.cos(x)),
  TANH((x, p, q) -> Tanh.tanh(x)),
  SIGMOID((x, p, q) -> Sigmoid.sigmoid(x)),
  ERF((x, p, q) -> Erf.erf(x)),
  /** log(1 + eˣ). */
  SOFTPLUS((x, p, q) -> Softplus.softplus(x)),
  /** x·sigmoid(x). */
  SILU((x, p, q) -> Silu.silu(x)),
  /** x·Φ(x), by erf. */
  GELU((x, p, q) -> Gelu.gelu(x)),
  /** GELU by its tanh approximation. */
  GELU_TANH((x, p, q) -> Gelu.geluTanh(x)),
  /** xᵖ. */
  POW((x, p, q) -> Pow.pow(x, p));

  /** One element. */
  @FunctionalInterface
  private interface Definition {
    float apply(float x, float p, float q);
  }

  private final Definition definition;

  Unary(Definition definition) {
    this.definition = definition;
  }

  public float apply(float x, float p, float q) {
    return definition.apply(x, p, q);
  }
}
