package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.xai.segment.Segments;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ContoursTest {
  private static final int YELLOW = 0xFFFFD500;
  private static final int FACTOR = 70; // 280 / 4

  private static final InputImage IMAGE = InputImage.of(new float[16], 4, 4);

  /** Left and right half. */
  private static final Segments HALVES =
      Segments.of(4, 4, new int[] {0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1});

  @Test
  void aLineStandsBetweenSegmentsAndNowhereElse() {
    BufferedImage image = Contours.of(IMAGE, HALVES).image();
    int top = Sheet.MARGIN + FACTOR / 2;
    for (int r = 0; r < 4; r++) {
      assertEquals(YELLOW, image.getRGB(Sheet.MARGIN + 2 * FACTOR, top + r * FACTOR));
      assertNotEquals(YELLOW, image.getRGB(Sheet.MARGIN + FACTOR, top + r * FACTOR));
      assertNotEquals(YELLOW, image.getRGB(Sheet.MARGIN + FACTOR / 2, Sheet.MARGIN + r * FACTOR));
    }
  }

  @Test
  void aMaskIsWhatReachesTheLevel() {
    float[] map = new float[16];
    map[5] = 1;
    BufferedImage image = Contours.of(IMAGE, Heatmap.of(map, 4, 4), 0.5).image();
    int middle = Sheet.MARGIN + FACTOR + FACTOR / 2;
    int[][] sides = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    for (int[] s : sides) {
      int x = middle + s[0] * FACTOR / 2;
      int y = middle + s[1] * FACTOR / 2;
      assertEquals(YELLOW, image.getRGB(x, y), "side " + s[0] + ", " + s[1]);
    }
  }

  @Test
  void segmentsOfAnotherImageAreRefused() {
    InputImage other = InputImage.of(new float[4], 2, 2);
    var e = assertThrows(IllegalArgumentException.class, () -> Contours.of(other, HALVES));
    assertTrue(e.getMessage().contains("2 × 2 pixels, segments 4 × 4"), e.getMessage());
  }
}
