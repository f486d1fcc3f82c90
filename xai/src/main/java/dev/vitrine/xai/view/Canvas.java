package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;

/** White paper that takes rectangles, enlarged tiles and letters. */
final class Canvas {
  static final int TEXT = 0x404040;

  private static final int FRAME = 0xC4C4C4;
  static final int NAN_YELLOW = 0xFFD500;
  private static final long MOST_PIXELS = 1L << 28;

  private final BufferedImage image;

  Canvas(long width, long height) {
    if (width * height > MOST_PIXELS) {
      throw new IllegalArgumentException(
          "a picture of %d × %d pixels is too large to draw; take a smaller factor"
              .formatted(width, height));
    }
    image = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
    fill(0, 0, image.getWidth(), image.getHeight(), 0xFFFFFF);
  }

  BufferedImage image() {
    return image;
  }

  /** Lays an image on the upper left corner; gives the whole paper. */
  BufferedImage paste(BufferedImage other) {
    int w = other.getWidth();
    int h = other.getHeight();
    image.setRGB(0, 0, w, h, other.getRGB(0, 0, w, h, null, 0, w), 0, w);
    return image;
  }

  void fill(int left, int top, int width, int height, int rgb) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
  }

  /** A hairline around the rectangle, which stays untouched. */
  void frame(int left, int top, int width, int height) {
    fill(left - 1, top - 1, width + 2, 1, FRAME);
    fill(left - 1, top + height, width + 2, 1, FRAME);
    fill(left - 1, top, 1, height, FRAME);
    fill(left + width, top, 1, height, FRAME);
  }

  /**
   * Every pixel as a square, with a hairline around all: a white map must not melt into the page.
   */
  void tile(Tile tile, int left, int top, int factor) {
    for (int r = 0; r < tile.height(); r++) {
      for (int c = 0; c < tile.width(); c++) {
        int rgb = tile.rgb(r, c);
        if (rgb == Tile.NAN) {
          nan(left + c * factor, top + r * factor, factor);
        } else {
          fill(left + c * factor, top + r * factor, factor, factor, rgb);
        }
      }
    }
    frame(left, top, tile.width() * factor, tile.height() * factor);
  }

  /** Yellow and crossed out: no colour map goes there, and the cross is seen without colour. */
  void nan(int left, int top, int side) {
    fill(left, top, side, side, NAN_YELLOW);
    if (side >= 3) {
      for (int i = 0; i < side; i++) {
        image.setRGB(left + i, top + i, TEXT);
        image.setRGB(left + i, top + side - 1 - i, TEXT);
      }
    }
  }

  void text(String text, int left, int top) {
    Lettering.draw(text, left, top, this::ink);
  }

  void textCentred(String text, int middle, int top) {
    text(text, middle - Lettering.width(text) / 2, top);
  }

  private void ink(int x, int y, double share) {
    int paper = image.getRGB(x, y);
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = paper >> shift & 255;
      int to = TEXT >> shift & 255;
      mixed |= (int) Math.round(from + share * (to - from)) << shift;
    }
    image.setRGB(x, y, mixed);
  }
}
