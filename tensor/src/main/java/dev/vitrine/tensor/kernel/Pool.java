package dev.vitrine.tensor.kernel;

/**
 * A max pool right behind a convolution, with a relu between them if asked: windows that do not
 * overlap, no padding. So each pixel's gradient comes from one window at most.
 */
public record Pool(int kh, int kw, int strideH, int strideW, boolean relu) {

  public Pool {
    if (kh < 1 || kw < 1 || strideH < kh || strideW < kw) {
      throw new IllegalArgumentException(
          "windows of %d×%d overlap at a stride of %d×%d".formatted(kh, kw, strideH, strideW));
    }
  }

  /** The same pool behind a convolution alone. */
  public Pool withoutRelu() {
    return new Pool(kh, kw, strideH, strideW, false);
  }

  /** True if a max pool is of this kind. */
  public static boolean fits(Window g, int kh, int kw) {
    return g.strideH() >= kh
        && g.strideW() >= kw
        && g.padH() == 0
        && g.padW() == 0
        && g.dilationH() == 1
        && g.dilationW() == 1;
  }
}
