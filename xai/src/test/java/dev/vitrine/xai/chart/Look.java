package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** A chart on paper, and where its plots have put their values. */
record Look(Chart chart, BufferedImage image, PlotRenderingInfo info) {
  static Look at(Chart chart) {
    // Where things are depends on the chart's own size, not on the paper's.
    var corner = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    return new Look(chart, chart.image(), chart.draw(corner));
  }

  /** The colour at a value of both axes. */
  Color at(double x, double y) {
    return at(plot(), info.getDataArea(), x, y);
  }

  /** The same in one of several plots below each other. */
  Color at(int part, double x, double y) {
    var plot = ((CombinedDomainXYPlot) chart.plot()).getSubplots().get(part);
    return at(plot, info.getSubplotInfo(part).getDataArea(), x, y);
  }

  private Color at(XYPlot plot, Rectangle2D area, double x, double y) {
    double px = plot.getDomainAxis().valueToJava2D(x, area, plot.getDomainAxisEdge());
    double py = plot.getRangeAxis().valueToJava2D(y, area, plot.getRangeAxisEdge());
    return new Color(image.getRGB(pixel(px), pixel(py)));
  }

  private static int pixel(double css) {
    return (int) Math.floor(css * Chart.SHARPNESS);
  }

  XYPlot plot() {
    return (XYPlot) chart.plot();
  }

  /** How many pixels have exactly this colour. */
  int count(Color color) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += image.getRGB(x, y) == color.getRGB() ? 1 : 0;
      }
    }
    return count;
  }

  /** No letter and no mark reaches the edge of the paper, where it would be cut. */
  void assertNothingIsCut() {
    int white = Color.WHITE.getRGB();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int d = 0; d < 4; d++) {
        assertEquals(white, image.getRGB(x, d), "ink on the upper edge at " + x);
        assertEquals(white, image.getRGB(x, image.getHeight() - 1 - d), "lower edge at " + x);
      }
    }
    for (int y = 0; y < image.getHeight(); y++) {
      for (int d = 0; d < 4; d++) {
        assertEquals(white, image.getRGB(d, y), "ink on the left edge at " + y);
        assertEquals(white, image.getRGB(image.getWidth() - 1 - d, y), "right edge at " + y);
      }
    }
    assertTrue(image.getWidth() * image.getHeight() > count(Color.WHITE), "nothing is drawn");
  }

  /** A document with a title and a description before anything else. */
  static Element svg(Chart chart) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
    // The type of the document has an address, which must not be asked.
    builder.setEntityResolver((name, address) -> new InputSource(new StringReader("")));
    Element root =
        builder.parse(new InputSource(new StringReader(chart.svg()))).getDocumentElement();
    assertEquals("svg", root.getTagName());
    Element title = (Element) root.getFirstChild();
    Element description = (Element) title.getNextSibling();
    assertEquals("title", title.getTagName());
    assertEquals(chart.title(), title.getTextContent());
    assertEquals("desc", description.getTagName());
    assertEquals(chart.description(), description.getTextContent());
    String drawing = chart.svg().substring(chart.svg().indexOf("</desc"));
    assertFalse(drawing.contains("NaN"), "a coordinate is not a number");
    return root;
  }
}
