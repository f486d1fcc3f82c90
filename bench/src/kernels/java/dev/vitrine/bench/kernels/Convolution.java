package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** y = x [n, h, w, c] ∗ w [k, k, c, o] with this stride and padding, or one of its gradients. */
record Convolution(
    Direction direction, int n, int h, int w, int c, int o, int k, int stride, int pad) {
  private static final Pattern FORM =
      Pattern.compile(
          "(forward|data|weights) (\\d+)x(\\d+)x(\\d+)x(\\d+)-(\\d+) k(\\d+)(?: s(\\d+))?(?: p(\\d+))?");

  /** What is computed: y, the gradient of x or that of w. */
  enum Direction {
    FORWARD,
    DATA,
    WEIGHTS
  }

  /**
   * {@code forward 8x28x28x32-64 k3 s2 p1}: 8 images of 28×28×32, 64 outputs, 3×3 taps, stride 2 (1
   * if not given), padding 1 (0 if not given).
   */
  static Convolution parse(String text) {
    Matcher f = FORM.matcher(text);
    if (!f.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no convolution: write one like \"forward 8x28x28x32-64 k3 s2 p1\""
              .formatted(text));
    }
    return new Convolution(
        Direction.valueOf(f.group(1).toUpperCase(Locale.ROOT)),
        Integer.parseInt(f.group(2)),
        Integer.parseInt(f.group(3)),
        Integer.parseInt(f.group(4)),
        Integer.parseInt(f.group(5)),
        Integer.parseInt(f.group(6)),
        Integer.parseInt(f.group(7)),
        f.group(8) == null ? 1 : Integer.parseInt(f.group(8)),
        f.group(9) == null ? 0 : Integer.parseInt(f.group(9)));
  }

  Window window() {
    return Window.UNIT.stride(stride, stride).padding(pad, pad);
  }

  Shape x() {
    return Shape.of(n, h, w, c);
  }

  Shape weights() {
    return Shape.of(k, k, c, o);
  }

  Shape y() {
    return Shape.of(n, outH(), outW(), o);
  }

  int outH() {
    return window().outH(h, k);
  }

  int outW() {
    return window().outW(w, k);
  }

  /** Of the result. */
  Shape result() {
    return switch (direction) {
      case FORWARD -> y();
      case DATA -> x();
      case WEIGHTS -> weights();
    };
  }

  /** Products that are added up in one element of the result, at most. */
  int terms() {
    return switch (direction) {
      case FORWARD -> k * k * c + 1;
      case DATA -> k * k * o;
      case WEIGHTS -> n * outH() * outW();
    };
  }

  /** Taps in the padding count: what is done about them is a matter of the kernel. */
  double flops() {
    return 2.0 * y().size() * k * k * c;
  }
}
