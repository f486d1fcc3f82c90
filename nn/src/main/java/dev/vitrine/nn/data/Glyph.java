package dev.vitrine.nn.data;

import java.util.Arrays;
import java.util.List;

/**
 * One way to write a digit: strokes through points on a sheet of width and height 1, y downwards.
 */
record Glyph(List<List<Point>> strokes) {

  /** A point on the way of the pen, which turns sharply there if it is a corner. */
  record Point(double x, double y, boolean corner) {

    /** Reads {@code 78,6} or {@code 78,6!}. */
    static Point parse(String text) {
      var corner = text.endsWith("!");
      var xy = text.replace("!", "").split(",", -1);
      return new Point(Integer.parseInt(xy[0]) / 100.0, Integer.parseInt(xy[1]) / 100.0, corner);
    }
  }

  /** Reads strokes such as {@code "22,6! 78,6! 44,98"} (see {@link Glyphs}). */
  static Glyph parse(String... strokes) {
    return new Glyph(
        Arrays.stream(strokes)
            .map(stroke -> Arrays.stream(stroke.split(" ", -1)).map(Point::parse).toList())
            .toList());
  }
}
