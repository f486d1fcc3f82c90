package dev.vitrine.xai.view;

import dev.vitrine.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * rgb[h,w] = colours(scale(Σ_c map[h,w,c])): one coloured square per pixel, with the scale beside.
 *
 * <p>Unless told otherwise: red for, blue against, white for nothing; full colour at the 99th
 * percentile of the non-zero magnitudes. A value beyond the end of the scale makes its number a "≥"
 * or "≤"; NaN pixels are crossed out and counted below the map.
 */
public final class Heatmap implements Tile {
  private final Extent extent;
  private final double[] values;
  private final Scale scale;
  private final ColorMap colors;
  private final int factor;

  private Heatmap(Extent extent, double[] values, Scale scale, ColorMap colors, int factor) {
    this.extent = extent;
    this.values = values;
    this.scale = scale;
    this.colors = colors;
    this.factor = factor;
  }

  /** From values of shape [h, w], [h, w, c] or [1, h, w, c]; channels are summed. */
  public static Heatmap of(float[] map, int... shape) {
    Extent extent = Extent.of("a map", map.length, shape);
    int c = extent.channels();
    double[] values = new double[extent.height() * extent.width()];
    for (int i = 0; i < map.length; i++) {
      values[i / c] += map[i];
    }
    Scale scale = Scale.fit(Scale.USUAL_PERCENTILE, List.of(values));
    return new Heatmap(extent, values, scale, ColorMap.DIVERGING, extent.factorFor(280));
  }

  /** From a tensor of shape [h, w], [h, w, c] or [1, h, w, c]; channels are summed. */
  public static Heatmap of(Tensor map) {
    return of(map.toFloats(), map.shape().dims());
  }

  /** The map of an input laid over that input. */
  public static Overlay overlay(Tensor x, Tensor map) {
    return Overlay.of(InputImage.of(x), of(map));
  }

  /** This map laid over the image it explains. */
  public Overlay over(InputImage x) {
    return Overlay.of(x, this);
  }

  /** Another end of the scale, perhaps one shared with other maps. */
  public Heatmap withScale(Scale scale) {
    return new Heatmap(extent, values, scale, colors, factor);
  }

  /**
   * Other colours.
   *
   * @throws IllegalArgumentException if the colours have no place for this map's negative values
   */
  public Heatmap withColors(ColorMap colors) {
    double least = Arrays.stream(values).filter(v -> v < 0).min().orElse(0);
    if (least < 0 && !colors.signed()) {
      throw new IllegalArgumentException(
          "the map goes down to "
              + Numbers.brief(least)
              + ", which a colour map without a negative side would hide; use ColorMap.DIVERGING");
    }
    return new Heatmap(extent, values, scale, colors, factor);
  }

  /** Each pixel as a square of factor × factor. */
  public Heatmap withFactor(int factor) {
    return new Heatmap(extent, values, scale, colors, Sheet.checkFactor(factor));
  }

  public Scale scale() {
    return scale;
  }

  public ColorMap colors() {
    return colors;
  }

  /** How many pixels lie beyond the end of the scale. */
  public int cutCount() {
    return (int) Arrays.stream(values).filter(scale::cuts).count();
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
    double t = at(row, column);
    return Double.isNaN(t) ? NAN : colors.rgb(t);
  }

  @Override
  public BufferedImage image() {
    return Sheet.draw(this, factor);
  }

  /** Position of a pixel's value on the scale, −1 to 1, or NaN. */
  double at(int row, int column) {
    return scale.at(values[row * extent.width() + column]);
  }

  double[] values() {
    return values;
  }

  int factor() {
    return factor;
  }
}
