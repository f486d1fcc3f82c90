package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OklabTest {

  /**
   * Oklab values of the primaries as tabulated with CSS Color 4, to the five digits given there.
   */
  @Test
  void primariesLieWhereTheyArePublished() {
    assertColor(0xFFFFFF, 1, 0, 0);
    assertColor(0x000000, 0, 0, 0);
    assertColor(0xFF0000, 0.62796, 0.22486, 0.12585);
    assertColor(0x00FF00, 0.86644, -0.23389, 0.17950);
    assertColor(0x0000FF, 0.45201, -0.03246, -0.31153);
  }

  @Test
  void eightBitColoursComeBack() {
    for (int r = 0; r < 256; r += 15) {
      for (int g = 0; g < 256; g += 15) {
        for (int b = 0; b < 256; b += 15) {
          int rgb = r << 16 | g << 8 | b;
          assertEquals(rgb, Oklab.ofRgb(rgb).rgb());
        }
      }
    }
  }

  @Test
  void coloursOutsideTheGamutAreCutNotWrapped() {
    assertEquals(0xFFFFFF, new Oklab(1.2, 0, 0).rgb());
    assertEquals(0x000000, new Oklab(-0.2, 0, 0).rgb());
    assertEquals(255, new Oklab(0.63, 0.4, 0.2).rgb() >> 16);
  }

  private static void assertColor(int rgb, double lightness, double a, double b) {
    Oklab c = Oklab.ofRgb(rgb);
    // One unit of the last published digit.
    assertEquals(lightness, c.lightness(), 1e-5);
    assertEquals(a, c.a(), 1e-5);
    assertEquals(b, c.b(), 1e-5);
  }
}
