package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecoyTest {
  private static final int ROWS = 1000;

  @Test
  void theSquareTellsTheClassInTrainingAndNothingAtRandom() {
    try (var digits = DrawnDigits.of(3, ROWS, 0);
        var telling = Decoy.telling(digits.train(), 1);
        var random = Decoy.random(digits.train(), 1)) {
      int[] corners = new int[4];
      int right = 0;
      for (var i = 0; i < ROWS; i++) {
        var corner = corner(digits.train(), telling, i);
        corners[corner]++;
        assertEquals(digits.train().label(i), pretended(telling, i, corner));
        assertEquals(digits.train().label(i), telling.label(i));
        right += pretended(random, i, corner) == digits.train().label(i) ? 1 : 0;
      }
      // five standard deviations of a quarter and of a tenth of 1000 rows
      for (var count : corners) {
        assertEquals(250, count, 69, "images with a square in one corner");
      }
      assertEquals(100, right, 48, "random squares that happen to tell the class");
    }
  }

  /** The one corner that may differ from the image as it was. */
  private static int corner(Dataset clean, Dataset decoy, int i) {
    float[] was = clean.input(i).toFloats();
    float[] is = decoy.input(i).toFloats();
    var found = -1;
    for (var p = 0; p < was.length; p++) {
      if (was[p] != is[p]) {
        int row = p / 28;
        int column = p % 28;
        assertTrue((row < 4 || row >= 24) && (column < 4 || column >= 24), "pixel " + p);
        var here = row / 24 * 2 + column / 24;
        assertTrue(found < 0 || found == here, "two corners of row " + i);
        found = here;
      }
    }
    return found;
  }

  /** The class that all sixteen pixels say. */
  private static int pretended(Dataset decoy, int i, int corner) {
    Tensor x = decoy.input(i);
    var first = corner / 2 * 24 * 28 + corner % 2 * 24;
    var grey = x.at(first);
    for (var p = 0; p < 16; p++) {
      assertEquals(grey, x.at(first + p / 4 * 28 + p % 4));
    }
    return Math.round((255 - grey * 255) / 25);
  }

  @Test
  void itDependsOnSeedAndRowAlone() {
    try (var few = DrawnDigits.of(3, 10, 0);
        var many = DrawnDigits.of(3, 30, 0);
        var a = Decoy.random(few.train(), 1);
        var b = Decoy.random(many.train(), 1);
        var c = Decoy.random(few.train(), 2)) {
      assertArrayEquals(a.inputs().toFloats(), b.inputs().rows(0, 10).toFloats());
      assertFalse(Arrays.equals(a.inputs().toFloats(), c.inputs().toFloats()));
    }
  }

  @Test
  void theMaskCoversTheFourCorners() {
    try (var digits = DrawnDigits.of(3, 1, 0)) {
      Tensor mask = Decoy.mask(digits.train());
      assertEquals(Shape.of(28, 28, 1), mask.shape());
      for (var p = 0; p < 784; p++) {
        var corner = (p / 28 < 4 || p / 28 >= 24) && (p % 28 < 4 || p % 28 >= 24);
        assertEquals(corner ? 1 : 0, mask.at(p), "pixel " + p);
      }
    }
  }

  @Test
  void whatHasNoRoomForItIsRefused() {
    refused("at least 8 × 8 pixels", Shape.of(2, 7, 9, 1), 2);
    refused("at least 8 × 8 pixels", Shape.of(2, 64), 2);
    refused("grey levels for 1 to 10", Shape.of(2, 8, 8, 1), 11);
  }

  private static void refused(String says, Shape shape, int classes) {
    Tensor x = Tensor.of(shape, new float[(int) shape.size()]);
    Tensor y = Tensor.of(Shape.of(2), new int[] {0, 1});
    var names = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    Dataset data = Dataset.labelled("rows", x, y, names);
    var e = assertThrows(IllegalArgumentException.class, () -> Decoy.telling(data, 1));
    assertTrue(e.getMessage().contains(says), e.getMessage());
  }
}
