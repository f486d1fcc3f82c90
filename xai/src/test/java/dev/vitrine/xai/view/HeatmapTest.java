package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class HeatmapTest {
  private static final float[] MAP = {1, -2, 0, 0.5f, -0.25f, 2};

  @Test
  void everyPixelIsASquareOfItsColour() {
    Heatmap map = Heatmap.of(MAP, 2, 3).withFactor(7);
    BufferedImage image = map.image();
    for (int y = 0; y < 2 * 7; y++) {
      for (int x = 0; x < 3 * 7; x++) {
        int drawn = image.getRGB(Sheet.MARGIN + x, Sheet.MARGIN + y) & 0xFFFFFF;
        assertEquals(map.rgb(y / 7, x / 7), drawn);
      }
    }
  }

  @Test
  void redIsForAndBlueAgainst() {
    Heatmap map = Heatmap.of(MAP, 2, 3);
    assertEquals(ColorMap.DIVERGING.rgb(0.5), map.rgb(0, 0));
    assertEquals(ColorMap.DIVERGING.rgb(-1), map.rgb(0, 1));
    assertTrue((map.rgb(0, 0) >> 16) > (map.rgb(0, 0) & 255));
    assertTrue((map.rgb(0, 1) >> 16) < (map.rgb(0, 1) & 255));
  }

  @Test
  void channelsAreSummed() {
    Heatmap map = Heatmap.of(new float[] {1, 2, -3, 4, 5, -1}, 1, 2, 3);
    assertArrayEquals(new double[] {0, 8}, map.values());
    assertEquals(1, map.height());
    assertEquals(2, map.width());
  }

  @Test
  void aBatchOfOneIsThatOne() {
    float[] four = {1, 2, 3, 4};
    assertArrayEquals(new double[] {1, 2, 3, 4}, Heatmap.of(four, 1, 2, 2, 1).values());
  }

  @Test
  void aTensorIsDrawnLikeItsValues() {
    Tensor tensor = Tensor.of(Shape.of(1, 2, 3, 1), MAP);
    assertPixels(Heatmap.of(MAP, 2, 3).image(), Heatmap.of(tensor).image());
    Overlay plain = Heatmap.of(MAP, 2, 3).over(InputImage.of(MAP, 2, 3));
    assertPixels(plain.image(), Heatmap.overlay(tensor, tensor).image());
  }

  @Test
  void laterChangesOfTheArrayDoNotReachTheMap() {
    float[] values = MAP.clone();
    Heatmap map = Heatmap.of(values, 2, 3);
    int before = map.rgb(0, 0);
    values[0] = -9;
    assertEquals(before, map.rgb(0, 0));
  }

  @Test
  void nanIsMarkedAndCounted() {
    Heatmap map = Heatmap.of(new float[] {Float.NaN, 1, Float.NaN, -1}, 2, 2);
    assertEquals(2, map.nanCount());
    assertEquals(Tile.NAN, map.rgb(0, 0));
    BufferedImage image = map.withFactor(9).image();
    assertEquals(0xFFFFD500, image.getRGB(Sheet.MARGIN + 4, Sheet.MARGIN + 1));
    assertEquals(0xFF404040, image.getRGB(Sheet.MARGIN + 4, Sheet.MARGIN + 4));
  }

  @Test
  void everyMapCanBeDrawn() {
    float nan = Float.NaN;
    float max = Float.MAX_VALUE;
    for (float[] odd : new float[][] {{0}, {nan}, {max}, {Float.MIN_VALUE}, {-1.0f / 0}, {-max}}) {
      for (int factor : new int[] {1, 2, 3, 100}) {
        BufferedImage image = Heatmap.of(odd, 1, 1).withFactor(factor).image();
        assertEquals(0xFFFFFFFF, image.getRGB(0, 0), "the margin stays white");
      }
    }
  }

  @Test
  void coloursWithoutANegativeSideRefuseNegativeValues() {
    Heatmap map = Heatmap.of(MAP, 2, 3);
    assertMessage(
        "the map goes down to −2, which a colour map without a negative side would hide; use"
            + " ColorMap.DIVERGING",
        () -> map.withColors(ColorMap.SEQUENTIAL));
  }

  @Test
  void wrongShapesAreExplained() {
    assertMessage(
        "a map of shape [2, 2] needs 4 values, but 6 were given", () -> Heatmap.of(MAP, 2, 2));
    assertMessage(
        "a map of shape [6] cannot be drawn; a picture needs [h, w], [h, w, c] or [1, h, w, c]",
        () -> Heatmap.of(MAP, 6));
    assertMessage(
        "a map of shape [2, 3, 1, 1] holds 2 images; a picture shows one, so pass one row",
        () -> Heatmap.of(MAP, 2, 3, 1, 1));
    assertMessage(
        "a map of shape [0, 3] has no pixels; every extent must be at least 1",
        () -> Heatmap.of(new float[0], 0, 3));
    assertMessage(
        "factor 0 draws nothing; a pixel becomes a square of at least 1 × 1",
        () -> Heatmap.of(MAP, 2, 3).withFactor(0));
    assertMessage(
        "a picture of 3000040 × 2000040 pixels is too large to draw; take a smaller factor",
        () -> InputImage.of(MAP, 2, 3).withFactor(1_000_000).image());
  }

  static void assertMessage(String message, Runnable refused) {
    var thrown = assertThrows(IllegalArgumentException.class, refused::run);
    assertEquals(message, thrown.getMessage());
  }

  static void assertPixels(BufferedImage expected, BufferedImage actual) {
    assertArrayEquals(pixels(expected), pixels(actual));
  }

  private static int[] pixels(BufferedImage image) {
    int w = image.getWidth();
    return image.getRGB(0, 0, w, image.getHeight(), null, 0, w);
  }
}
