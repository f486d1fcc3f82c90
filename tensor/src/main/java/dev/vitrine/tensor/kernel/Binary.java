package dev.vitrine.tensor.kernel;

import dev.vitrine.tensor.kernel.math.Pow;

/** z = f(a, b). The lambda is the definition that every backend follows. */
public enum Binary {
  ADD((a, b) -> a + b),
  SUB((a, b) -> a - b),
  MUL((a, b) -> a * b),
  DIV((a, b) -> a / b),
  /** NaN wins; of two equal numbers the first. */
  MAX((a, b) -> a > b || Float.isNaN(a) ? a : b > a || Float.isNaN(b) ? b : a),
  /** NaN wins; of two equal numbers the first. */
  MIN((a, b) -> a < b || Float.isNaN(a) ? a : b < a || Float.isNaN(b) ? b : a),
  POW(Pow::pow),
  /** 1 where a > b, else 0. */
  GREATER((a, b) -> a > b ? 1 : 0),
  /** 1 where a = b, else 0. */
  EQUAL((a, b) -> a == b ? 1 : 0);

  /** One element. */
  @FunctionalInterface
  private interface Definition {
    float apply(float a, float b);
  }

  private final Definition definition;

  Binary(Definition definition) {
    this.definition = definition;
  }

  public float apply(float a, float b) {
    return definition.apply(a, b);
  }
}
