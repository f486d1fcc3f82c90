package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MosaicTest {
  /** Channel k is 1 at pixel k alone. */
  private static Tensor corners(int sign) {
    float[] v = new float[2 * 2 * 4];
    for (int k = 0; k < 4; k++) {
      v[k * 4 + k] = sign;
    }
    return Tensor.of(Shape.of(2, 2, 4), v);
  }

  private static int count(BufferedImage image, int rgb) {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return n;
  }

  @Test
  void eachChannelHasATileWithItsOwnPixel() {
    BufferedImage image = Mosaic.channels(corners(1)).withFactor(20).image();
    // four full pixels of 20 × 20 and the top of the colour bar
    int full = count(image, ColorMap.SEQUENTIAL.rgb(1));
    assertTrue(full >= 4 * 400 && full < 5 * 400, "pixels " + full);
  }

  @Test
  void mapsWithNegativeValuesKeepTheirSigns() {
    BufferedImage image = Mosaic.channels(corners(-1)).withFactor(20).image();
    int full = count(image, ColorMap.DIVERGING.rgb(-1));
    assertTrue(full >= 4 * 400, "pixels " + full);
    assertEquals(0, count(image, ColorMap.SEQUENTIAL.rgb(1)));
  }

  @Test
  void filtersAreThoseOfEachOutput() {
    Tensor weight = Tensor.of(Shape.of(1, 2, 1, 3), new float[] {1, 0, 0, 0, 0, 1});
    BufferedImage image = Mosaic.filters(weight).withFactor(20).image();
    int full = count(image, ColorMap.SEQUENTIAL.rgb(1));
    assertTrue(full >= 2 * 400 && full < 3 * 400, "pixels " + full);
  }

  @Test
  void aBatchOfRowsIsRefused() {
    Tensor batch = Tensor.of(Shape.of(2, 1, 1, 1), new float[2]);
    var e = assertThrows(IllegalArgumentException.class, () -> Mosaic.channels(batch));
    assertTrue(e.getMessage().contains("of one row"), e.getMessage());
  }
}
