package dev.vitrine.bench.report;

import dev.vitrine.xai.view.Picture;
import java.awt.image.BufferedImage;
import java.util.Base64;

/**
 * A picture inside the page.
 *
 * @param source a data URI
 * @param shows what who can't see it has to know
 * @param caption what everybody reads below it
 */
record Figure(String source, int width, int height, String shows, String caption) {
  static Figure of(Picture picture, String shows, String caption) {
    BufferedImage image = picture.image();
    String source = "data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png());
    return new Figure(source, image.getWidth(), image.getHeight(), shows, caption);
  }
}
