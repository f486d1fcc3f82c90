package dev.vitrine.xai.chart;

import java.awt.Dimension;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A chart as SVG. Letters are drawn as shapes, so that they look and fit the same in any viewer;
 * what screen readers say is in {@code title} and {@code desc}.
 */
final class Svg {
  private static final String NAMES = "http://www.w3.org/2000/svg";

  private Svg() {}

  static String of(Chart chart, int width, int height) {
    Document document = document();
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
    // Of digits after the point: a hundredth of a pixel, and half the file.
    context.setPrecision(2);
    var paper = new SvgPaper(context);
    paper.setSVGCanvasSize(new Dimension(width, height));
    chart.draw(paper);
    Element root = paper.getRoot();
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    root.setAttribute("role", "img");
    root.insertBefore(text(document, "desc", chart.description()), root.getFirstChild());
    root.insertBefore(text(document, "title", chart.title()), root.getFirstChild());
    shorten(root);
    var out = new StringWriter();
    try {
      paper.stream(root, out, false, false);
    } catch (SVGGraphics2DIOException e) {
      throw new IllegalStateException("the chart cannot be written as SVG", e);
    }
    return out.toString();
  }

  /** Letters are most of a chart's file. */
  private static void shorten(Element e) {
    String d = e.getAttribute("d");
    if (!d.isEmpty()) {
      e.setAttribute("d", PathData.brief(d));
    }
    for (Node child = e.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        shorten(inner);
      }
    }
  }

  private static Element text(Document document, String name, String content) {
    Element e = document.createElementNS(NAMES, name);
    e.setTextContent(content);
    return e;
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument(NAMES, "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML cannot make a document", e);
    }
  }
}
