package dev.vitrine.xai.view;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * The scale as an upright strip of all its colours, with words for its top, its zero and its end.
 */
record ColorBar(ColorMap colors, String high, String zero, String low) {
  static final int LEAST_HEIGHT = 4 * Lettering.LINE_HEIGHT;

  private static final int WIDTH = 14;
  private static final int TICK = 4;
  private static final int GAP = 4;

  /** For maps drawn with one scale; a number that some value goes beyond gets a "≥" or "≤". */
  static ColorBar numbered(ColorMap colors, List<Heatmap> maps) {
    double limit = maps.getFirst().scale().limit();
    boolean above = holds(maps, v -> v > limit);
    boolean below = holds(maps, v -> v < -limit);
    if (limit == 0 && !above && !below) {
      return unnumbered(colors, "", "");
    }
    return unnumbered(
        colors,
        (above ? "≥ " : "") + Numbers.brief(limit),
        (below ? "≤ " : "") + Numbers.brief(-limit));
  }

  static ColorBar unnumbered(ColorMap colors, String high, String low) {
    return new ColorBar(colors, high, "0", low);
  }

  int width() {
    int words = Math.max(Lettering.width(high), Lettering.width(zero));
    return WIDTH + TICK + GAP + (colors.signed() ? Math.max(words, Lettering.width(low)) : words);
  }

  void draw(Canvas canvas, int left, int top, int height) {
    double bottom = colors.signed() ? -1 : 0;
    for (int y = 0; y < height; y++) {
      double t = 1 + (bottom - 1) * y / (height - 1);
      canvas.fill(left, top + y, WIDTH, 1, colors.rgb(t));
    }
    canvas.frame(left, top, WIDTH, height);
    int words = left + WIDTH + TICK + GAP;
    int lowest = top + height - Lettering.CAP_HEIGHT + 1;
    canvas.text(high, words, top);
    if (colors.signed()) {
      int middle = top + height / 2;
      canvas.fill(left + WIDTH + 1, middle, TICK, 1, Canvas.TEXT);
      canvas.text(zero, words, middle - Lettering.CAP_HEIGHT / 2 + 1);
      canvas.text(low, words, lowest);
    } else {
      canvas.text(zero, words, lowest);
    }
  }

  private static boolean holds(List<Heatmap> maps, DoublePredicate property) {
    return maps.stream().anyMatch(map -> Arrays.stream(map.values()).anyMatch(property));
  }
}
