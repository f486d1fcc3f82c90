package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

/** Pictures in rows that fill the width. */
class ContactSheetTest {
  private static final int GREEN = 0xFF00A000;

  private static Picture green(int width, int height) {
    return () -> {
      var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          image.setRGB(x, y, GREEN);
        }
      }
      return image;
    };
  }

  private static int greens(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == GREEN ? 1 : 0;
      }
    }
    return count;
  }

  @Test
  void aFullRowFillsTheWidthWithPicturesOfOneHeight() {
    var sheet = new ContactSheet(600, 100);
    for (int i = 0; i < 12; i++) {
      sheet = sheet.with("p" + i, green(300 + 40 * (i % 3), 200));
    }
    BufferedImage image = sheet.image();
    assertEquals(600, image.getWidth());
    int first = 0;
    int last = 0;
    for (int x = 0; x < 600; x++) {
      if (image.getRGB(x, 20) == GREEN) {
        first = first == 0 ? x : first;
        last = x;
      }
    }
    assertEquals(12, first);
    // A pixel per picture may be lost by rounding.
    assertTrue(last > 580 && last < 588, "the last one ends at " + last);
  }

  @Test
  void noPictureIsLostOrStretched() {
    for (int n = 1; n < 9; n++) {
      var sheet = new ContactSheet(400, 80);
      for (int i = 0; i < n; i++) {
        sheet = sheet.with("", green(100, 100));
      }
      // Squares of a side between 0.6 and 1 of the asked-for height.
      double side = Math.sqrt((double) greens(sheet.image()) / n);
      assertTrue(side >= 47 && side <= 80, n + " pictures of side " + side);
    }
  }

  @Test
  void aNameThatIsWiderThanItsPictureHasRoom() {
    BufferedImage image =
        new ContactSheet(600, 60)
            .with("a long name", green(10, 200))
            .with("another long name", green(10, 200))
            .image();
    for (int y = 0; y < image.getHeight(); y++) {
      assertEquals(0xFFFFFFFF, image.getRGB(0, y), "the name is cut at the left");
    }
    int between = 12 + Lettering.width("a long name") + 6;
    for (int y = 72; y < image.getHeight(); y++) {
      assertEquals(0xFFFFFFFF, image.getRGB(between, y), "names run into each other");
    }
  }

  @Test
  void manyLongNamesDoNotPushPicturesOffTheSheet() {
    var sheet = new ContactSheet(600, 60);
    for (int i = 0; i < 9; i++) {
      sheet = sheet.with("a name of some length", green(100, 60 + 10 * i));
    }
    BufferedImage image = sheet.image();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 596; x < 600; x++) {
        assertEquals(0xFFFFFFFF, image.getRGB(x, y), "cut at the right, " + y);
      }
    }
  }

  @Test
  void whatMakesNoSheetIsRefused() {
    assertThrows(IllegalStateException.class, () -> new ContactSheet(600, 60).image());
    assertThrows(IllegalArgumentException.class, () -> new ContactSheet(100, 60));
    assertThrows(IllegalArgumentException.class, () -> new ContactSheet(100, 20));
  }
}
