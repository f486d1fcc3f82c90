package dev.vitrine.bench.report;

import dev.vitrine.xai.chart.Chart;
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
    return new Figure(png(picture), image.getWidth(), image.getHeight(), shows, caption);
  }

  /** A chart says itself what it shows. Thousands of dots are shorter as pixels. */
  static Figure of(Chart chart, String caption) {
    String svg = "data:image/svg+xml;charset=utf-8," + escaped(chart.svg());
    String png = png(chart);
    return new Figure(
        svg.length() <= png.length() ? svg : png,
        chart.width(),
        chart.height(),
        chart.description(),
        caption);
  }

  private static String png(Picture picture) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(picture.png());
  }

  /** As a URI takes it: a quarter shorter than in base64. */
  private static String escaped(String svg) {
    return svg.replace("%", "%25")
        .replace("#", "%23")
        .replace("&", "%26")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\"", "%22")
        .replace(":", "%3A")
        .replace("\n", "");
  }
}
