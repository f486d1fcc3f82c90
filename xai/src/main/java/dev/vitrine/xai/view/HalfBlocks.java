package dev.vitrine.xai.view;

/**
 * A tile as lines of text. In colour each character is a half-block with the pixel above as its ink
 * and the one below as its paper; without colour a character stands for both, two wide.
 */
public final class HalfBlocks {
  private static final String RESET = "\u001b[0m";

  /** From nothing to full colour: what speaks for, what speaks against, and brightness. */
  private static final String FOR = " ░▒▓█";

  private static final String AGAINST = " ·∘○●";

  private HalfBlocks() {}

  /** With 24-bit ANSI colours: as wide as the tile. */
  public static String colored(Tile tile) {
    var text = new StringBuilder();
    for (int r = 0; r < tile.height(); r += 2) {
      String before = "";
      for (int c = 0; c < tile.width(); c++) {
        String ink = color(38, tile.rgb(r, c));
        String paper = r + 1 < tile.height() ? color(48, tile.rgb(r + 1, c)) : "";
        String now = ink + paper;
        text.append(now.equals(before) ? "" : now).append('▀');
        before = now;
      }
      text.append(RESET).append('\n');
    }
    return text.toString();
  }

  private static String color(int layer, int rgb) {
    int shown = rgb == Tile.NAN ? Canvas.NAN_YELLOW : rgb;
    return "\u001b[%d;2;%d;%d;%dm"
        .formatted(layer, shown >> 16 & 255, shown >> 8 & 255, shown & 255);
  }

  /** In ink alone: blocks for what speaks for, circles for what speaks against, ? for NaN. */
  public static String plain(Tile tile) {
    var text = new StringBuilder();
    for (int r = 0; r < tile.height(); r += 2) {
      var line = new StringBuilder();
      for (int c = 0; c < tile.width(); c++) {
        double above = level(tile, r, c);
        double below = r + 1 < tile.height() ? level(tile, r + 1, c) : above;
        // the stronger one: thin strokes would vanish in a mean
        line.append(ink(Math.abs(above) >= Math.abs(below) ? above : below));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static char ink(double level) {
    if (Double.isNaN(level)) {
      return '?';
    }
    int strength = (int) Math.ceil(Math.abs(level) * 4 - 0.5);
    return (level < 0 ? AGAINST : FOR).charAt(Math.clamp(strength, 0, 4));
  }

  /** −1 to 1: of a map where it lies on its scale, else how bright it is. */
  private static double level(Tile tile, int row, int column) {
    return switch (tile) {
      case Heatmap map -> map.at(row, column);
      case Overlay over -> over.map().at(row, column);
      case InputImage image -> brightness(image.rgb(row, column));
    };
  }

  private static double brightness(int rgb) {
    return rgb == Tile.NAN
        ? Double.NaN
        : (0.299 * (rgb >> 16 & 255) + 0.587 * (rgb >> 8 & 255) + 0.114 * (rgb & 255)) / 255;
  }
}
