package dev.vitrine.xai.view;

import dev.vitrine.tensor.Tensor;
import java.awt.image.BufferedImage;

/**
 * What the model saw: one channel is drawn grey (0 black, 1 white), three are red, green, blue.
 *
 * <p>Values within [0, 1] are drawn as they are. If any lies outside (a standardised input), the
 * image is stretched from its least to its greatest finite value, unless {@link #withRange} says
 * what black and white are.
 */
public final class InputImage implements Tile {
  private final Extent extent;
  private final float[] values;
  private final double black;
  private final double white;
  private final int factor;

  private InputImage(Extent extent, float[] values, double black, double white, int factor) {
    this.extent = extent;
    this.values = values;
    this.black = black;
    this.white = white;
    this.factor = factor;
  }

  /** From values of shape [h, w], [h, w, c] or [1, h, w, c] with c = 1 or 3; copied. */
  public static InputImage of(float[] values, int... shape) {
    Extent extent = Extent.of("an image", values.length, shape);
    if (extent.channels() != 1 && extent.channels() != 3) {
      throw new IllegalArgumentException(
          "an image with "
              + extent.channels()
              + " channels has no colours; pass 1 (grey) or 3 (red, green, blue), channels last");
    }
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (float v : values) {
      if (Float.isFinite(v)) {
        least = Math.min(least, v);
        greatest = Math.max(greatest, v);
      }
    }
    boolean plain = least >= 0 && greatest <= 1;
    if (plain || greatest < least) {
      least = 0;
      greatest = 1;
    }
    return new InputImage(extent, values.clone(), least, greatest, extent.factorFor(280));
  }

  /** From a tensor of shape [h, w], [h, w, c] or [1, h, w, c] with c = 1 or 3. */
  public static InputImage of(Tensor values) {
    return of(values.toFloats(), values.shape().dims());
  }

  /** The value drawn black and the value drawn white; black may be the greater one. */
  public InputImage withRange(double black, double white) {
    if (!Double.isFinite(black) || !Double.isFinite(white) || black == white) {
      throw new IllegalArgumentException(
          "black at " + black + " and white at " + white + "; both must be finite and different");
    }
    return new InputImage(extent, values, black, white, factor);
  }

  /** High values as dark ink on white paper instead of light on black. */
  public InputImage inverted() {
    return new InputImage(extent, values, white, black, factor);
  }

  /** Each pixel as a square of factor × factor. */
  public InputImage withFactor(int factor) {
    return new InputImage(extent, values, black, white, Sheet.checkFactor(factor));
  }

  @Override
  public int height() {
    return extent.height();
  }

  @Override
  public int width() {
    return extent.width();
  }

  @Override
  public int rgb(int row, int column) {
    int c = extent.channels();
    int at = (row * extent.width() + column) * c;
    float red = values[at];
    float green = values[at + c / 2];
    float blue = values[at + c - 1];
    if (Float.isNaN(red) || Float.isNaN(green) || Float.isNaN(blue)) {
      return NAN;
    }
    return level(red) << 16 | level(green) << 8 | level(blue);
  }

  @Override
  public BufferedImage image() {
    return Sheet.draw(this, factor);
  }

  private int level(float v) {
    // An image of one value outside [0, 1] has no contrast to show: mid-grey.
    double share = black == white ? 0.5 : (v - black) / (white - black);
    return (int) Math.round(255 * Math.clamp(share, 0.0, 1.0));
  }
}
