package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final float[] MAP = {-1, -0.5f, -0.1f, 0, 0.1f, 0.5f, 1};

  @Test
  void overWhiteItIsTheHeatmap() {
    Heatmap map = Heatmap.of(MAP, 1, 7);
    Overlay overlay = map.over(flat(1));
    for (int c = 0; c < 7; c++) {
      assertEquals(map.rgb(0, c), overlay.rgb(0, c));
    }
  }

  @Test
  void atFullValueTheImageIsHidden() {
    Heatmap map = Heatmap.of(MAP, 1, 7);
    assertEquals(map.rgb(0, 0), map.over(flat(0)).rgb(0, 0));
    assertEquals(map.rgb(0, 6), map.over(flat(0)).rgb(0, 6));
  }

  @Test
  void theLessAMapSaysTheMoreOfTheImageIsSeen() {
    Heatmap map = Heatmap.of(MAP, 1, 7);
    double[] contrast = new double[7];
    for (int c = 0; c < 7; c++) {
      contrast[c] =
          Oklab.ofRgb(map.over(flat(1)).rgb(0, c)).lightness()
              - Oklab.ofRgb(map.over(flat(0)).rgb(0, c)).lightness();
    }
    for (int c = 0; c < 3; c++) {
      assertTrue(contrast[c] < contrast[c + 1]);
      assertTrue(contrast[6 - c] < contrast[5 - c]);
    }
    assertTrue(contrast[3] > 0.35, "lightness between black and white: " + contrast[3]);
  }

  @Test
  void theImageIsGreyUnlessItsColourIsAskedFor() {
    InputImage red = InputImage.of(new float[] {1, 0, 0}, 1, 1, 3);
    Overlay overlay = Heatmap.of(new float[1], 1, 1).over(red);
    int grey = overlay.rgb(0, 0);
    assertEquals(grey >> 16, grey & 255);
    int colored = overlay.inColor().rgb(0, 0);
    assertTrue((colored >> 16) > (colored & 255) + 50);
  }

  @Test
  void nanOfEitherIsMarked() {
    Heatmap map = Heatmap.of(new float[] {Float.NaN, 0}, 1, 2);
    Overlay overlay = map.over(InputImage.of(new float[] {0, Float.NaN}, 1, 2));
    assertEquals(2, overlay.nanCount());
  }

  @Test
  void anotherImagesMapIsRefused() {
    HeatmapTest.assertMessage(
        "the image has 2 × 3 pixels, the map 1 × 7; an overlay needs a map of its own image",
        () -> Heatmap.of(MAP, 1, 7).over(InputImage.of(new float[6], 2, 3)));
  }

  private static InputImage flat(float level) {
    return InputImage.of(new float[] {level, level, level, level, level, level, level}, 1, 7);
  }
}
