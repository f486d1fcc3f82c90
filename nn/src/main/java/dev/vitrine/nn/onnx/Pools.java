package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;

/** Pools over images. */
final class Pools {
  /** Below every number that can win. */
  private static final float NEVER = -Float.MAX_VALUE;

  private Pools() {}

  static Value max(Call c) {
    Live x = image(c);
    Sliding s = window(c, x);
    return Live.last(s.padded(x.last(), NEVER).maxPool2d(s.kh(), s.kw(), s.window()));
  }

  /** The mean of each window; padding counts as zeros or, without count_include_pad, not at all. */
  static Value average(Call c) {
    Live x = image(c);
    Sliding s = window(c, x);
    boolean counted = c.whole("count_include_pad", 0) != 0;
    Var y = s.padded(x.last(), 0).avgPool2d(s.kh(), s.kw(), s.window(), counted || !s.even());
    if (s.even() || counted && c.whole("ceil_mode", 0) == 0) {
      return Live.last(y);
    }
    if (counted) {
      throw c.refuse("count_include_pad and ceil_mode leave it open what the last window counts");
    }
    Var share = s.padded(x.last().ones(), 0).avgPool2d(s.kh(), s.kw(), s.window(), true);
    return Live.last(y.div(share));
  }

  static Value globalAverage(Call c) {
    return Live.last(image(c).last().mean(1, 2));
  }

  static Value globalMax(Call c) {
    Var x = image(c).last();
    return Live.last(x.maxPool2d(x.shape().dim(1), x.shape().dim(2), Window.UNIT));
  }

  private static Live image(Call c) {
    Live x = c.live(0);
    if (x.shape().rank() != 4) {
      throw c.refuse("input %s: only images [n, c, h, w] can be pooled".formatted(x.shape()));
    }
    return x;
  }

  private static Sliding window(Call c, Live x) {
    int[] kernel = c.wholes("kernel_shape");
    Shape image = x.shape();
    if (kernel.length != 2 || kernel[0] < 1 || kernel[1] < 1) {
      throw c.refuse("kernel_shape must be two extents for images");
    }
    for (int d : c.wholes("dilations", 1, 1, 1)) {
      if (d != 1) {
        throw c.refuse("windows with dilation %d cannot be pooled, 1 is possible".formatted(d));
      }
    }
    return Sliding.of(c, image, kernel[0], kernel[1]);
  }
}
