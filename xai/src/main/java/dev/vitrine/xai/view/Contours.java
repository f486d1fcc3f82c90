package dev.vitrine.xai.view;

import dev.vitrine.xai.segment.Segments;
import java.awt.image.BufferedImage;
import java.util.function.IntBinaryOperator;

/**
 * A tile with a line wherever neighbouring pixels differ in what they belong to: the borders of
 * superpixels, or of a mask.
 */
public final class Contours implements Picture {
  private static final int LINE = 0xFFD500;
  private static final int EDGE = 0x202020;

  /** So many pixels at least, of which the line takes some. */
  private static final int LEAST_FACTOR = 6;

  private static final int USUAL_SIDE = 280;

  private final Tile tile;
  private final IntBinaryOperator parts;
  private final int factor;

  private Contours(Tile tile, IntBinaryOperator parts) {
    this.tile = tile;
    this.parts = parts;
    this.factor =
        Math.max(LEAST_FACTOR, USUAL_SIDE / Math.max(1, Math.max(tile.width(), tile.height())));
  }

  /** Around superpixels of this image or map. */
  public static Contours of(Tile tile, Segments segments) {
    same(tile, segments.height(), segments.width(), "segments");
    return new Contours(tile, segments::at);
  }

  /** Around the pixels whose value is at least {@code level}. */
  public static Contours of(Tile tile, Heatmap map, double level) {
    same(tile, map.height(), map.width(), "the map");
    return new Contours(tile, (r, c) -> map.values()[r * map.width() + c] >= level ? 1 : 0);
  }

  private static void same(Tile tile, int height, int width, String what) {
    if (tile.height() != height || tile.width() != width) {
      throw new IllegalArgumentException(
          "the tile has %d × %d pixels, %s %d × %d; contours need those of their own image"
              .formatted(tile.height(), tile.width(), what, height, width));
    }
  }

  @Override
  public BufferedImage image() {
    int h = tile.height();
    int w = tile.width();
    var canvas =
        new Canvas(2L * Sheet.MARGIN + (long) w * factor, 2L * Sheet.MARGIN + (long) h * factor);
    canvas.tile(tile, Sheet.MARGIN, Sheet.MARGIN, factor);
    // the dark edge first, so that the line is seen on white and on yellow
    for (int wide = 3; wide >= 1; wide -= 2) {
      int color = wide == 3 ? EDGE : LINE;
      for (int r = 0; r < h; r++) {
        for (int c = 0; c < w; c++) {
          int x = Sheet.MARGIN + c * factor;
          int y = Sheet.MARGIN + r * factor;
          int part = parts.applyAsInt(r, c);
          if (c + 1 < w && part != parts.applyAsInt(r, c + 1)) {
            canvas.fill(x + factor - wide / 2, y - wide / 2, wide, factor + wide, color);
          }
          if (r + 1 < h && part != parts.applyAsInt(r + 1, c)) {
            canvas.fill(x - wide / 2, y + factor - wide / 2, factor + wide, wide, color);
          }
        }
      }
    }
    return canvas.image();
  }
}
