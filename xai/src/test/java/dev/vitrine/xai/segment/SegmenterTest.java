package dev.vitrine.xai.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all segmenters promise. */
class SegmenterTest {
  static List<Segmenter> all() {
    return List.of(
        new Grid(3, 2), new Slic(12), new Quickshift(2, 8, 0.5), new Felzenszwalb(50, 0.5, 10));
  }

  /** Those that look at colours. */
  static List<Segmenter> seeing() {
    return List.of(
        new Slic(2), new Slic(12, 1, 0, 10), new Quickshift(2, 50, 1), new Felzenszwalb(50));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPixelIsInOneOfSeveralSegments(Segmenter segmenter) {
    Segments s = segmenter.segment(Images.blocks(23, 31, 3, 1));
    assertEquals(23 * 31, Arrays.stream(s.sizes()).sum());
    assertTrue(Arrays.stream(s.sizes()).allMatch(size -> size > 0));
    assertTrue(s.count() > 4 && s.count() < 23 * 31 / 4, () -> s.count() + " segments");
  }

  @ParameterizedTest
  @MethodSource("all")
  void againTheSame(Segmenter segmenter) {
    Tensor image = Images.blocks(23, 31, 3, 1);
    assertArrayEquals(segmenter.segment(image).labels(), segmenter.segment(image).labels());
  }

  @ParameterizedTest
  @MethodSource("all")
  void greyIsAColour(Segmenter segmenter) {
    Tensor grey = Images.blocks(20, 30, 1, 2);
    Segments s = segmenter.segment(grey);
    assertArrayEquals(s.labels(), segmenter.segment(Images.coloured(grey)).labels());
  }

  /** A border between black and white is never inside of a segment. */
  @ParameterizedTest
  @MethodSource("seeing")
  void bordersAreFound(Segmenter segmenter) {
    Segments s = segmenter.segment(Images.halves(20, 30, 14));
    var black = new HashSet<Integer>();
    var white = new HashSet<Integer>();
    for (int i = 0; i < s.labels().length; i++) {
      (i % 30 < 14 ? black : white).add(s.labels()[i]);
    }
    assertTrue(Collections.disjoint(black, white));
  }

  @Test
  void flatHalvesAreTwoSegments() {
    Tensor image = Images.halves(20, 30, 14);
    for (Segmenter s : List.of(new Slic(2, 1, 0, 10), new Felzenszwalb(1, 0, 20), new Grid(1, 2))) {
      assertEquals(2, s.segment(image).count(), s::toString);
    }
    // within a half arrows are shorter than 50, to the other one they are longer than 100
    assertEquals(2, new Quickshift(7, 50, 1).segment(image).count());
  }

  @Test
  void gridsAreEven() {
    Segments s = new Grid(3, 2).segment(Images.blocks(7, 5, 1, 0));
    assertArrayEquals(new int[] {9, 6, 6, 4, 6, 4}, s.sizes());
    assertEquals(5, s.at(6, 4));
  }

  @ParameterizedTest
  @MethodSource("all")
  void badImagesAreRefused(Segmenter s) {
    refused(
        "image of shape [1, 9, 9, 1]: one image [h, w, c] with c = 1 or 3 channels is needed",
        () -> s.segment(Tensor.of(Shape.of(1, 9, 9, 1), new float[81])));
    refused(
        "image of shape [9, 9, 2]: one image [h, w, c] with c = 1 or 3 channels is needed",
        () -> s.segment(Tensor.of(Shape.of(9, 9, 2), new float[162])));
    float[] values = new float[81];
    values[11] = 1.5f;
    refused(
        "image with value 1.5 at row 1, column 2: values from 0 to 1 are needed, so undo what"
            + " standardised it",
        () -> s.segment(Tensor.of(Shape.of(9, 9, 1), values)));
    values[11] = Float.NaN;
    assertThrows(
        IllegalArgumentException.class, () -> s.segment(Tensor.of(Shape.of(9, 9, 1), values)));
  }

  @Test
  void smallImagesAndBadSettingsAreRefused() {
    Tensor small = Images.halves(2, 3, 1);
    refused(
        "7 segments of an image of 2 × 3 pixels: none may be empty",
        () -> new Slic(7).segment(small));
    refused(
        "grid of 3 × 1 on an image of 2 × 3 pixels: no rectangle may be empty",
        () -> new Grid(3, 1).segment(small));
    refused("segments: 0.0 given, more than 0 is needed", () -> new Slic(0));
    refused("compactness: -1.0 given, more than 0 is needed", () -> new Slic(5, -1, 0, 10));
    refused("scale: NaN given, more than 0 is needed", () -> new Felzenszwalb(Double.NaN));
    refused("kernelSize: 0.5 given, at least 1 is needed", () -> new Quickshift(0.5, 5, 1));
    refused("sigma: -1.0 given, 0 or more is needed", () -> new Quickshift(2, 5, 1, -1, 0));
    refused("grid of 0 × 1: at least one row and one column are needed", () -> new Grid(0, 1));
  }

  @Test
  void segmentsAreNumberedInOrder() {
    assertArrayEquals(
        new int[] {0, 1, 0, 2}, Segments.of(2, 2, new int[] {-3, 70, -3, 1}).labels());
    refused(
        "label 1 comes before label 0; Segments.of numbers any labels anew",
        () -> new Segments(1, 2, new int[] {1, 0}, 2));
    refused(
        "3 labels given, an image of 2 × 2 pixels needs 4",
        () -> new Segments(2, 2, new int[3], 1));
    refused("2 segments announced, the labels name 1", () -> new Segments(1, 2, new int[2], 2));
  }

  private static void refused(String why, Executable what) {
    assertEquals(why, assertThrows(IllegalArgumentException.class, what).getMessage());
  }
}
