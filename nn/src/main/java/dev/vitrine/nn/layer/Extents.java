package dev.vitrine.nn.layer;

/** Refuses layers that hold nothing. */
final class Extents {
  private Extents() {}

  static void positive(String layer, String what, int v) {
    if (v < 1) {
      throw new IllegalArgumentException(
          layer + ": " + what + " is " + v + ", it must be at least 1");
    }
  }
}
