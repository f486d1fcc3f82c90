package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Provenance;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GlanceTest {
  private static Attribution of(Tensor values) {
    int n = values.shape().dim(0);
    var how = new Provenance("Method", Map.of(), "class 0", "hash", "device");
    return new Attribution(values, new int[n], new float[n], null, null, null, Map.of(), how);
  }

  private static final Tensor MAP =
      Tensor.of(Shape.of(1, 3, 2, 1), new float[] {1, 0, 0, -1, 0.25f, Float.NaN});

  @Test
  void twoPixelsShareACharacter() {
    assertEquals("█●\n░?\n", HalfBlocks.plain(Heatmap.of(MAP)));
  }

  @Test
  void inColourTheUpperPixelIsInkAndTheLowerOnePaper() {
    String[] lines = HalfBlocks.colored(Heatmap.of(MAP)).split("\n");
    String ink = color(38, Heatmap.of(MAP).rgb(0, 0));
    String paper = color(48, Heatmap.of(MAP).rgb(1, 0));
    assertTrue(lines[0].startsWith(ink + paper + "▀"), lines[0]);
    assertEquals(2, lines.length);
    assertTrue(lines[1].endsWith("\u001b[0m"), "nothing after a picture is coloured");
  }

  private static String color(int layer, int rgb) {
    return "\u001b[%d;2;%d;%d;%dm".formatted(layer, rgb >> 16, rgb >> 8 & 255, rgb & 255);
  }

  @Test
  void brightPixelsOfAnImageAreInk() {
    Tensor x = Tensor.of(Shape.of(2, 3, 1), new float[] {0, 0.5f, 1, 0, 0, 0});
    assertEquals(" ▒█\n", HalfBlocks.plain(InputImage.of(x)));
  }

  @Test
  void theLargestFeaturesOfATableAreBarsWithTheirSigns() {
    Attribution a = of(Tensor.of(Shape.of(1, 3), new float[] {0.5f, -1, 0}));
    String[] lines = Glance.of(a).toString().split("\n");
    assertEquals("   1      -1.000 " + "─".repeat(30), lines[lines.length - 3]);
    assertEquals("   0     +0.5000 " + "█".repeat(15), lines[lines.length - 2]);
    assertTrue(lines[0].startsWith("Method"), lines[0]);
  }

  @Test
  void notebooksGetAnImageInsideThePage() {
    String html = Glance.of(of(MAP)).html();
    assertTrue(html.contains("<img src=\"data:image/png;base64,iVBOR"), html);
    assertTrue(html.contains("alt=\"Attributions of row 0\""), html);
  }
}
