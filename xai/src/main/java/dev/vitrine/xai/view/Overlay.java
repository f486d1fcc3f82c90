package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;

/**
 * lightness = heatmap − (1 − |v|) · (white − image): opacity grows with |v|, so that the image
 * stays visible where the map has little to say.
 *
 * <p>This is ordinary blending with opacity |v| (in {@link Oklab}), of the colours that over white
 * give just those of the heatmap, so one scale serves both; darkened colours keep their hue and
 * saturation. The image is faded towards white first, because dark parts would swallow the colours.
 */
public final class Overlay implements Tile {
  /** What is left of the contrast of the image. */
  private static final double FADE = 0.4;

  private final InputImage x;
  private final Heatmap map;
  private final boolean colored;

  private Overlay(InputImage x, Heatmap map, boolean colored) {
    this.x = x;
    this.map = map;
    this.colored = colored;
  }

  /** The image is drawn grey; the enlargement is the map's. */
  public static Overlay of(InputImage x, Heatmap map) {
    if (x.height() != map.height() || x.width() != map.width()) {
      throw new IllegalArgumentException(
          "the image has %d × %d pixels, the map %d × %d; an overlay needs a map of its own image"
              .formatted(x.height(), x.width(), map.height(), map.width()));
    }
    return new Overlay(x, map, false);
  }

  /** Keeps the colours of the image, at the price of mixing them with the map's. */
  public Overlay inColor() {
    return new Overlay(x, map, true);
  }

  public Overlay withScale(Scale scale) {
    return new Overlay(x, map.withScale(scale), colored);
  }

  public Overlay withColors(ColorMap colors) {
    return new Overlay(x, map.withColors(colors), colored);
  }

  /** Each pixel as a square of factor × factor. */
  public Overlay withFactor(int factor) {
    return new Overlay(x, map.withFactor(factor), colored);
  }

  @Override
  public int height() {
    return map.height();
  }

  @Override
  public int width() {
    return map.width();
  }

  @Override
  public int rgb(int row, int column) {
    int below = x.rgb(row, column);
    double t = map.at(row, column);
    if (below == NAN || Double.isNaN(t)) {
      return NAN;
    }
    Oklab image = Oklab.ofRgb(below);
    return blend(colored ? image : new Oklab(image.lightness(), 0, 0), t);
  }

  @Override
  public BufferedImage image() {
    return Sheet.draw(this, map.factor());
  }

  Heatmap map() {
    return map;
  }

  private int blend(Oklab image, double t) {
    Oklab color = map.colors().color(t);
    double seen = FADE * (1 - Math.abs(t));
    double lightness = color.lightness() - seen * (1 - image.lightness());
    double kept = lightness / color.lightness();
    return new Oklab(
            lightness, kept * color.a() + seen * image.a(), kept * color.b() + seen * image.b())
        .rgb();
  }
}
