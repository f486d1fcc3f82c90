package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class InputImageTest {

  @Test
  void valuesFromZeroToOneAreDrawnAsTheyAre() {
    InputImage x = InputImage.of(new float[] {0.2f, 0.6f}, 1, 2);
    assertEquals(0x333333, x.rgb(0, 0));
    assertEquals(0x999999, x.rgb(0, 1));
  }

  @Test
  void standardisedValuesAreStretched() {
    InputImage x = InputImage.of(new float[] {-2, 0, 2}, 1, 3);
    assertEquals(0x000000, x.rgb(0, 0));
    assertEquals(0x808080, x.rgb(0, 1));
    assertEquals(0xFFFFFF, x.rgb(0, 2));
    assertEquals(0xFFFFFF, x.inverted().rgb(0, 0));
    assertEquals(0xFFFFFF, x.withRange(-4, 0).rgb(0, 1));
  }

  @Test
  void threeChannelsAreRedGreenBlue() {
    assertEquals(0xFF0033, InputImage.of(new float[] {1, 0, 0.2f}, 1, 1, 3).rgb(0, 0));
  }

  @Test
  void oneValueOutsideTheUsualRangeIsMidGrey() {
    assertEquals(0x808080, InputImage.of(new float[] {7, 7}, 1, 2).rgb(0, 1));
  }

  @Test
  void nanInAnyChannelIsMarkedAndInfinityIsCut() {
    float inf = Float.POSITIVE_INFINITY;
    InputImage x = InputImage.of(new float[] {0, Float.NaN, 0, inf, -inf, 1}, 1, 2, 3);
    assertEquals(Tile.NAN, x.rgb(0, 0));
    assertEquals(0xFF00FF, x.rgb(0, 1));
  }

  @Test
  void otherChannelsAndRangesAreRefused() {
    HeatmapTest.assertMessage(
        "an image with 2 channels has no colours; pass 1 (grey) or 3 (red, green, blue), channels"
            + " last",
        () -> InputImage.of(new float[2], 1, 1, 2));
    HeatmapTest.assertMessage(
        "black at 1.0 and white at 1.0; both must be finite and different",
        () -> InputImage.of(new float[2], 1, 2).withRange(1, 1));
  }
}
