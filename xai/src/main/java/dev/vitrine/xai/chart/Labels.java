package dev.vitrine.xai.chart;

import java.awt.Font;
import java.util.List;

/** Names that fit: measured, and shortened in the middle, where long names differ least. */
final class Labels {
  private Labels() {}

  /**
   * The text itself if it takes at most {@code most} pixels, else its two ends around an ellipsis.
   */
  static String fit(String text, Font font, double most) {
    if (Fonts.width(text, font) <= most) {
      return text;
    }
    int[] letters = text.codePoints().toArray();
    int low = 0;
    int high = letters.length - 1;
    while (low < high) {
      int kept = (low + high + 1) / 2;
      if (Fonts.width(ends(letters, kept), font) <= most) {
        low = kept;
      } else {
        high = kept - 1;
      }
    }
    return ends(letters, low);
  }

  /** Each fitted by itself. */
  static List<String> fit(List<String> texts, Font font, double most) {
    return texts.stream().map(t -> fit(t, font, most)).toList();
  }

  private static String ends(int[] letters, int kept) {
    int front = (kept + 1) / 2;
    int back = kept / 2;
    return new String(letters, 0, front) + "…" + new String(letters, letters.length - back, back);
  }
}
