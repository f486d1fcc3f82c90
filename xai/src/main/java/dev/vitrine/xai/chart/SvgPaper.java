package dev.vitrine.xai.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;

/**
 * What is drawn on it becomes SVG. Batik measures letters in whole pixels, which puts text up to
 * three pixels beside its place; here it is measured as for an image.
 */
final class SvgPaper extends SVGGraphics2D {
  private final Graphics2D ruler;

  SvgPaper(SVGGeneratorContext context) {
    super(context, true);
    ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    ruler.scale(Chart.SHARPNESS, Chart.SHARPNESS);
    ruler.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    ruler.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  private SvgPaper(SvgPaper other) {
    super(other);
    ruler = other.ruler;
  }

  @Override
  public FontMetrics getFontMetrics(Font font) {
    return ruler.getFontMetrics(font);
  }

  @Override
  public Graphics create() {
    return new SvgPaper(this);
  }
}
