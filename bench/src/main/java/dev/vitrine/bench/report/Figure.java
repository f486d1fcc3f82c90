package dev.vitrine.bench.report;

import dev.vitrine.xai.chart.Chart;
import dev.vitrine.xai.view.Picture;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
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

  /** A chart says itself what it shows. */
  static Figure of(Chart chart, String caption) {
    byte[] svg = chart.svg().getBytes(StandardCharsets.UTF_8);
    String source = "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg);
    return new Figure(source, chart.width(), chart.height(), chart.description(), caption);
  }
}
