package dev.vitrine.tensor.kernel;

/**
 * How a window slides over an image: stride, zero padding and dilation, each vertical and
 * horizontal, and the number of channel groups (1 for pools).
 */
public record Window(
    int strideH, int strideW, int padH, int padW, int dilationH, int dilationW, int groups) {

  public static final Window UNIT = new Window(1, 1, 0, 0, 1, 1, 1);

  public Window {
    if (strideH < 1 || strideW < 1 || dilationH < 1 || dilationW < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "stride [%d, %d], dilation [%d, %d] and groups %d must be at least 1"
              .formatted(strideH, strideW, dilationH, dilationW, groups));
    }
    if (padH < 0 || padW < 0) {
      throw new IllegalArgumentException(
          "padding [" + padH + ", " + padW + "] must not be negative");
    }
  }

  public Window stride(int h, int w) {
    return new Window(h, w, padH, padW, dilationH, dilationW, groups);
  }

  public Window padding(int h, int w) {
    return new Window(strideH, strideW, h, w, dilationH, dilationW, groups);
  }

  public Window dilation(int h, int w) {
    return new Window(strideH, strideW, padH, padW, h, w, groups);
  }

  public Window groups(int n) {
    return new Window(strideH, strideW, padH, padW, dilationH, dilationW, n);
  }

  /**
   * Output rows over {@code h} input rows with a kernel of {@code kh} rows; not positive = does not
   * fit.
   */
  public int outH(int h, int kh) {
    return Math.floorDiv(h + 2 * padH - dilationH * (kh - 1) - 1, strideH) + 1;
  }

  /** As {@link #outH} for columns. */
  public int outW(int w, int kw) {
    return Math.floorDiv(w + 2 * padW - dilationW * (kw - 1) - 1, strideW) + 1;
  }
}
