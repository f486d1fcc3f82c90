package dev.vitrine.nn.layer;

import dev.vitrine.tensor.kernel.Window;

/** What both pools share. */
final class Pools {
  private Pools() {}

  static void check(String name, int kh, int kw, Window w) {
    Extents.positive(name, "window height", kh);
    Extents.positive(name, "window width", kw);
    if (w.padH() > kh / 2 || w.padW() > kw / 2) {
      throw new IllegalArgumentException(
          "%s: padding [%d, %d] is more than half of the %d×%d window; some would be empty"
              .formatted(name, w.padH(), w.padW(), kh, kw));
    }
  }

  static Wording wording(String name, int kh, int kw, Window w) {
    String size = Wording.pair(kh, kw);
    return new Wording(name, size)
        .option("stride", Wording.pair(w.strideH(), w.strideW()), size)
        .option("padding", Wording.pair(w.padH(), w.padW()), "0");
  }
}
