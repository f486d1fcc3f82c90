package dev.vitrine.autodiff.op;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;

/** The shape of what a sliding window gives. */
final class Windows {
  private Windows() {}

  /** Images x [n, h, w, c] under a kh × kw window with {@code o} output channels. */
  static Shape slide(Window g, Shape x, int kh, int kw, int o) {
    if (x.rank() != 4) {
      throw new IllegalArgumentException("input " + x + ": images [n, h, w, c] are needed");
    }
    int oh = g.outH(x.dim(1), kh);
    int ow = g.outW(x.dim(2), kw);
    if (oh < 1 || ow < 1) {
      throw new IllegalArgumentException(
          "a %d×%d window with padding [%d, %d] and dilation [%d, %d] does not fit into %d×%d pixels"
              .formatted(
                  kh, kw, g.padH(), g.padW(), g.dilationH(), g.dilationW(), x.dim(1), x.dim(2)));
    }
    return Shape.of(x.dim(0), oh, ow, o);
  }
}
