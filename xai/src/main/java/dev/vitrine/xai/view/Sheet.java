package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One tile on a page: enlarged and framed, its scale to the right, what must be said below. */
final class Sheet {
  static final int MARGIN = 20;
  static final int GAP = 14;

  private static final int NAN_SIDE = Lettering.CAP_HEIGHT - 1;

  private Sheet() {}

  static BufferedImage draw(Tile tile, int factor) {
    Heatmap map = attribution(tile);
    ColorBar bar = map == null ? null : ColorBar.numbered(map.colors(), List.of(map));
    String note = map == null ? "" : note(map);
    int nan = tile.nanCount();
    long width = (long) tile.width() * factor;
    long height = (long) tile.height() * factor;
    long inner = Math.max(width + (bar == null ? 0 : GAP + bar.width()), noteWidth(nan, note));
    long upper = bar == null ? height : Math.max(height, ColorBar.LEAST_HEIGHT);
    long lower = nan == 0 && note.isEmpty() ? 0 : GAP + Lettering.CAP_HEIGHT;
    var canvas = new Canvas(inner + 2 * MARGIN, upper + lower + 2 * MARGIN);
    canvas.tile(tile, MARGIN, MARGIN, factor);
    if (bar != null) {
      bar.draw(canvas, (int) (MARGIN + width + GAP), MARGIN, (int) upper);
    }
    drawNote(canvas, nan, note, (int) (MARGIN + upper + GAP));
    return canvas.image();
  }

  /** What a NaN pixel looks like and how many there are, then other words. */
  static void drawNote(Canvas canvas, int nan, String note, int top) {
    int left = MARGIN;
    if (nan > 0) {
      canvas.nan(left, top, NAN_SIDE);
      canvas.text(nan + " NaN", left + NAN_SIDE + GAP / 2, top);
      left += noteWidth(nan, "") + GAP;
    }
    canvas.text(note, left, top);
  }

  static int checkFactor(int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException(
          "factor " + factor + " draws nothing; a pixel becomes a square of at least 1 × 1");
    }
    return factor;
  }

  /** The map that a tile shows, if it shows one. */
  static @Nullable Heatmap attribution(Tile tile) {
    return switch (tile) {
      case InputImage _ -> null;
      case Heatmap map -> map;
      case Overlay overlay -> overlay.map();
    };
  }

  static int noteWidth(int nan, String note) {
    int first = nan == 0 ? 0 : NAN_SIDE + GAP / 2 + Lettering.width(nan + " NaN");
    return first + (nan == 0 || note.isEmpty() ? 0 : GAP) + Lettering.width(note);
  }

  /** A blank map must not pass for one that was drawn too faintly. */
  private static String note(Heatmap map) {
    return Arrays.stream(map.values()).allMatch(v -> v == 0) ? "all zero" : "";
  }
}
