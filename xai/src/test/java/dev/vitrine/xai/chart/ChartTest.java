package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  private static Chart chart() {
    return Waterfall.of(Given.attribution(0, 0, new float[] {1, -2}), 0, List.of("a<b", "c & d"));
  }

  @Test
  void theSameChartGivesTheSameBytes(@TempDir Path folder) throws IOException {
    for (String end : List.of(".png", ".svg")) {
      Path a = folder.resolve("a" + end);
      Path b = folder.resolve("b" + end);
      Chart one = chart();
      one.save(a);
      assertArrayEquals(Files.readAllBytes(a), again(one, b), "drawn twice");
      assertArrayEquals(Files.readAllBytes(a), again(chart(), b), "made twice");
    }
  }

  private static byte[] again(Chart chart, Path file) throws IOException {
    chart.save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void aPngHasTwicePixelsAndAnSvgNone(@TempDir Path folder) throws Exception {
    Chart small = chart().sized(300, 200).titled("Other");
    Path png = folder.resolve("chart.PNG");
    small.save(png);
    assertEquals(600, ImageIO.read(png.toFile()).getWidth());
    assertEquals(400, ImageIO.read(png.toFile()).getHeight());
    assertEquals("0 0 300 200", Look.svg(small).getAttribute("viewBox"));
    assertEquals("Other", small.title());
  }

  @Test
  void whatCannotBeWrittenIsExplained(@TempDir Path folder) {
    Path jpeg = folder.resolve("chart.jpg");
    assertEquals(
        "\"" + jpeg + "\": charts are written as PNG or SVG; give a name that ends in .png or .svg",
        assertThrows(IllegalArgumentException.class, () -> chart().save(jpeg)).getMessage());
    Path nowhere = folder.resolve("none").resolve("chart.svg");
    String why = assertThrows(UncheckedIOException.class, () -> chart().save(nowhere)).getMessage();
    assertTrue(why.contains("there is no folder"), why);
    assertThrows(IllegalArgumentException.class, () -> chart().sized(20, 400));
  }

  @Test
  void bothFormatsHaveEverythingAtTheSamePlace() throws Exception {
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .getDOMImplementation()
            .createDocument("http://www.w3.org/2000/svg", "svg", null);
    var svg = chart().draw(new SvgPaper(SVGGeneratorContext.createDefault(document)));
    var png = chart().draw(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB));
    assertEquals(png.getDataArea(), svg.getDataArea());
  }

  @Test
  void anSvgHoldsNoLettersThatAnotherFontWouldDraw() throws Exception {
    assertEquals(0, Look.svg(chart()).getElementsByTagName("text").getLength());
  }
}
