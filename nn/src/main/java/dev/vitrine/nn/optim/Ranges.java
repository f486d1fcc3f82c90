package dev.vitrine.nn.optim;

/** Refuses numbers that would only show their mistake as NaN, hours later. */
final class Ranges {
  private Ranges() {}

  static void notNegative(String what, double v) {
    if (!(v >= 0)) {
      throw new IllegalArgumentException(what + " " + v + " given, it must not be negative");
    }
  }

  /** 0 ≤ v &lt; 1. */
  static void share(String what, double v) {
    if (!(v >= 0 && v < 1)) {
      throw new IllegalArgumentException(what + " " + v + " given, it must lie in [0, 1)");
    }
  }

  static void positive(String what, double v) {
    if (!(v > 0)) {
      throw new IllegalArgumentException(what + " " + v + " given, it must be positive");
    }
  }
}
