package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {
  private static final Heatmap WEAK = Heatmap.of(new float[] {1, -1}, 1, 2);
  private static final Heatmap STRONG = Heatmap.of(new float[] {4, 1}, 1, 2);
  private static final InputImage X = InputImage.of(new float[] {0, 1}, 1, 2);

  /**
   * Pixels are squares of 20, cells 40 × 20 and 10 apart; no captions, so they start at the margin.
   */
  private static final int SIDE = 20;

  private static final ImageGrid GRID =
      ImageGrid.columns("", "").row("", WEAK, STRONG).row("", STRONG, X).withFactor(SIDE);

  @Test
  void oneScaleForAllByDefault() {
    assertEquals(ColorMap.DIVERGING.rgb(0.25), first(GRID, 0, 0));
    assertEquals(ColorMap.DIVERGING.rgb(1), first(GRID, 0, 1));
    assertEquals(ColorMap.DIVERGING.rgb(1), first(GRID, 1, 0));
    assertEquals(0, first(GRID, 1, 1));
  }

  @Test
  void columnsAndCellsMayHaveTheirOwn() {
    ImageGrid columns =
        ImageGrid.columns("", "")
            .row("", WEAK, WEAK)
            .row("", STRONG, WEAK)
            .withSharing(ImageGrid.Sharing.COLUMN)
            .withFactor(SIDE);
    assertEquals(ColorMap.DIVERGING.rgb(0.25), first(columns, 0, 0));
    assertEquals(ColorMap.DIVERGING.rgb(1), first(columns, 0, 1));
    ImageGrid cells = columns.withSharing(ImageGrid.Sharing.CELL);
    assertEquals(ColorMap.DIVERGING.rgb(1), first(cells, 0, 0));
  }

  @Test
  void captionsTakeRoomOnlyWhereThereAreAny() {
    BufferedImage bare = GRID.image();
    BufferedImage captioned =
        ImageGrid.columns("x", "")
            .row("seven", WEAK, STRONG)
            .row("", STRONG, X)
            .withFactor(SIDE)
            .image();
    assertEquals(bare.getHeight() + Lettering.LINE_HEIGHT, captioned.getHeight());
    assertEquals(bare.getWidth() + Lettering.width("seven") + Sheet.GAP, captioned.getWidth());
  }

  @Test
  void addingRowsLeavesTheGridItself() {
    BufferedImage before = GRID.image();
    BufferedImage longer = GRID.row("", X).row("", X).row("", X).image();
    assertNotEquals(before.getHeight(), longer.getHeight());
    HeatmapTest.assertPixels(before, GRID.image());
  }

  @Test
  void aGridOfImagesNeedsNoScale() {
    BufferedImage image = ImageGrid.columns("").row("", X).withFactor(SIDE).image();
    assertEquals(2 * SIDE + 2 * Sheet.MARGIN, image.getWidth());
    assertEquals(SIDE + 2 * Sheet.MARGIN, image.getHeight());
  }

  /** One pixel each, without captions: the words are wider than everything else. */
  @Test
  void theSmallestGridsHaveRoomForTheirWords() {
    Heatmap nan = Heatmap.of(new float[] {Float.NaN}, 1, 1);
    Heatmap tiny = Heatmap.of(new float[] {-1.23e-30f}, 1, 1);
    for (ImageGrid.Sharing sharing : ImageGrid.Sharing.values()) {
      for (Tile tile : List.of(nan, tiny, InputImage.of(new float[] {Float.NaN}, 1, 1))) {
        ImageGrid grid = ImageGrid.columns("").row("", tile).withSharing(sharing).withFactor(1);
        BufferedImage image = grid.image();
        int last = image.getHeight() - 1;
        for (int x = 0; x < image.getWidth(); x++) {
          assertEquals(-1, image.getRGB(x, 0), "the margin stays white");
          assertEquals(-1, image.getRGB(x, last), "the margin stays white");
        }
        for (int y = 0; y <= last; y++) {
          assertEquals(-1, image.getRGB(0, y), "the margin stays white");
          assertEquals(-1, image.getRGB(image.getWidth() - 1, y), "the margin stays white");
        }
      }
    }
  }

  @Test
  void aScaleFromElsewhereIsKept() {
    ImageGrid grid = GRID.withScale(new Scale(8));
    assertEquals(ColorMap.DIVERGING.rgb(0.125), first(grid, 0, 0));
    assertEquals(ColorMap.DIVERGING.rgb(0.5), first(grid, 0, 1));
  }

  @Test
  void aCaptionIsBrokenBehindHyphens() {
    Heatmap map = Heatmap.of(new float[28 * 28], 28, 28);
    int one = ImageGrid.columns("integrated-").row("", map).image().getWidth();
    BufferedImage two = ImageGrid.columns("integrated-gradients").row("", map).image();
    assertEquals(one, two.getWidth());
  }

  @Test
  void wrongGridsAreExplained() {
    HeatmapTest.assertMessage(
        "row \"r\" has 2 tiles, but the grid has 1 columns [only]; add a caption for each",
        () -> ImageGrid.columns("only").row("r", X, X));
    HeatmapTest.assertMessage(
        "a grid without columns shows nothing; pass a caption for each column, empty if need be",
        () -> ImageGrid.columns());
    var thrown = assertThrows(IllegalStateException.class, () -> ImageGrid.columns("x").image());
    assertEquals("a grid without rows shows nothing; add one with row(…)", thrown.getMessage());
  }

  /** The first pixel of a cell as it was drawn, where no limits stand between the rows. */
  private static int first(ImageGrid grid, int row, int column) {
    int x = Sheet.MARGIN + column * (2 * SIDE + 10);
    int y = Sheet.MARGIN + row * (SIDE + 10);
    return grid.image().getRGB(x, y) & 0xFFFFFF;
  }
}
