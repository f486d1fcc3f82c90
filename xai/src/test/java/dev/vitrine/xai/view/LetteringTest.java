package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LetteringTest {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
          + "αβγεσΔΣ.,:!?'\"#%&()[]/|_-−+±×=<>≤≥→·⁺";

  @Test
  void noTwoCharactersLookTheSame() {
    var seen = new HashMap<Map<Integer, Double>, Character>();
    for (char c : (ALPHABET + "¿").toCharArray()) {
      Character twin = seen.put(drawing(String.valueOf(c)), c);
      assertEquals(null, twin, () -> "'" + c + "' looks like '" + twin + "'");
    }
  }

  @Test
  void everyCharacterStaysWithinItsLine() {
    for (String text : ALPHABET.split("")) {
      int width = Lettering.width(text);
      assertTrue(width >= 0 && width <= 10);
      drawing(text)
          .keySet()
          .forEach(at -> {
            int x = at % 1000 - 10;
            int y = at / 1000 - 10;
            assertTrue(x >= -1 && x <= width && y >= -1 && y < Lettering.LINE_HEIGHT);
          });
    }
  }

  @Test
  void aLineIsAsWideAsItsPartsAndTheirGaps() {
    int gap = Lettering.width("nn") - 2 * Lettering.width("n");
    assertEquals(Lettering.width("LRP") + gap + Lettering.width("-ε"), Lettering.width("LRP-ε"));
    assertEquals(0, Lettering.width(""));
  }

  /** Coverage by place, at 1000 · (y + 10) + x + 10. */
  private static Map<Integer, Double> drawing(String text) {
    var pixels = new HashMap<Integer, Double>();
    Lettering.draw(text, 0, 0, (x, y, share) -> pixels.put(1000 * (y + 10) + x + 10, share));
    return pixels;
  }
}
