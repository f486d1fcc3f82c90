package dev.vitrine.xai.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlicTest {
  private final Tensor image = Images.blocks(40, 50, 3, 3);

  @Test
  void segmentsAreConnected() {
    for (int seed = 0; seed < 5; seed++) {
      for (double compactness : new double[] {0.5, 5, 50}) {
        Segments s = new Slic(30, compactness, 0, 10).segment(Images.blocks(40, 50, 3, seed));
        assertEquals(s.count(), Images.pieces(s, false));
      }
    }
  }

  @Test
  void noSegmentIsSmallerThanHalfTheAverage() {
    Seeds seeds = Seeds.of(40, 50, 30);
    int least = (int) (0.5 * 40 * 50 / seeds.count());
    int[] sizes = new Slic(30, 1, 0, 10).segment(image).sizes();
    assertTrue(Arrays.stream(sizes).min().getAsInt() >= least, () -> Arrays.toString(sizes));
  }

  @Test
  void brightnessAndContrastDontMatter() {
    // halves and quarters are exact, so the stretched image is the same but for a rounding
    Tensor darker = Images.changed(image, 0.5f, 0.25f);
    assertArrayEquals(new Slic(30).segment(image).labels(), new Slic(30).segment(darker).labels());
  }

  @Test
  void veryCompactSegmentsAreTheSquaresAroundTheSeeds() {
    Segments s = new Slic(20, 1e9, 0, 1).segment(image); // step 10, seeds at 5, 15, …
    assertEquals(20, s.count());
    for (int row = 0; row < 40; row++) {
      for (int column = 0; column < 50; column++) {
        // half-way between two seeds the first one wins
        int expected = Math.max(0, (row - 1) / 10) * 5 + Math.max(0, (column - 1) / 10);
        assertEquals(expected, s.at(row, column));
      }
    }
  }

  @Test
  void seedsAreARegularGrid() {
    Seeds s = Seeds.of(20, 40, 8);
    assertEquals(8, s.count());
    assertEquals(10, s.step());
    assertEquals(5, s.row(3));
    assertEquals(35, s.column(3));
    assertEquals(15, s.row(4));
    Seeds strip = Seeds.of(2, 100, 10);
    assertEquals(10, strip.count());
    assertEquals(1, strip.row(0));
    assertEquals(95, strip.column(9));
    assertEquals(6, Seeds.of(2, 3, 6).count());
  }

  @Test
  void piecesAreCutAndJoined() {
    int[] labels = {
      0, 0, 0, 0, 1,
      2, 2, 0, 0, 1,
      2, 2, 1, 1, 1
    };
    int[] free = {
      0, 0, 0, 0, 1,
      2, 2, 0, 0, 1,
      2, 2, 1, 1, 1
    };
    assertArrayEquals(free, Pieces.of(3, 5, labels, 1, 15));
    int[] smallJoined = {
      0, 0, 0, 0, 1,
      1, 1, 0, 0, 1,
      1, 1, 1, 1, 1
    };
    assertArrayEquals(smallJoined, Pieces.of(3, 5, labels, 5, 15));
    int[] largeCut = {
      0, 0, 0, 0, 1,
      2, 2, 3, 3, 1,
      2, 2, 4, 1, 1
    };
    assertArrayEquals(largeCut, Pieces.of(3, 5, labels, 1, 4));
  }
}
