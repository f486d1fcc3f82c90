package dev.vitrine.nn.data;

import dev.vitrine.tensor.RandomStream;
import java.util.List;

/**
 * Writes one digit: shakes the control points, lays the sheet over the image, runs the pen along
 * the strokes, spills a speck and lets the ink dry into grey levels.
 */
final class Writer {
  /** Width and height of an image in pixels. */
  static final int SIDE = 28;

  /** Pieces per span of a stroke; the longest span of a shape takes 20 pixels, a curved one 7. */
  private static final int PIECES = 8;

  private final Style style;
  private final RandomStream random;
  private final Pen pen = new Pen(SIDE);

  private Writer(Style style, RandomStream random) {
    this.style = style;
    this.random = random;
  }

  /** Grey levels 0 (paper) to 255 (ink) of SIDE × SIDE pixels, row by row. */
  static byte[] write(Glyph glyph, Style style, RandomStream random) {
    var writer = new Writer(style, random);
    glyph.strokes().forEach(writer::stroke);
    writer.spill();
    return writer.dry();
  }

  private void stroke(List<Glyph.Point> points) {
    var n = points.size();
    var x = new double[n];
    var y = new double[n];
    for (var p = 0; p < n; p++) {
      place(p, points.get(p).x() + shake(), points.get(p).y() + shake(), x, y);
    }
    var phase = random.uniform();
    var waves = 0.5 + random.uniform();
    double fromX = x[0];
    double fromY = y[0];
    double fromRadius = radius(phase);
    for (var p = 0; p + 1 < n; p++) {
      // At a corner and at an end the spline knows no neighbour: the point stands in for it.
      var before = p == 0 || points.get(p).corner() ? p : p - 1;
      var after = p + 2 == n || points.get(p + 1).corner() ? p + 1 : p + 2;
      for (var piece = 1; piece <= PIECES; piece++) {
        var t = (double) piece / PIECES;
        var toX = spline(x[before], x[p], x[p + 1], x[after], t);
        var toY = spline(y[before], y[p], y[p + 1], y[after], t);
        var toRadius = radius(phase + waves * (p + t) / (n - 1));
        pen.line(fromX, fromY, fromRadius, toX, toY, toRadius);
        fromX = toX;
        fromY = toY;
        fromRadius = toRadius;
      }
    }
  }

  /**
   * Near normal and bounded, so that no digit falls apart: three uniforms, standard deviation ½.
   */
  private double shake() {
    var sum = random.uniform() + random.uniform() + random.uniform();
    return 2 * style.jitter() * (sum - 1.5);
  }

  /** From the unit sheet to pixels: bend, slant and scale, then turn about the middle and shift. */
  private void place(int p, double sheetX, double sheetY, double[] x, double[] y) {
    var v = sheetY - 0.5;
    var u = sheetX - 0.5 - style.slant() * v + style.bend() * (4 * v * v - 0.5);
    var right = u * style.width();
    var down = v * style.height();
    var cos = StrictMath.cos(style.turn());
    var sin = StrictMath.sin(style.turn());
    x[p] = SIDE / 2.0 + style.dx() + cos * right - sin * down;
    y[p] = SIDE / 2.0 + style.dy() + sin * right + cos * down;
  }

  private double radius(double turns) {
    return style.radius() * (1 + style.pressure() * StrictMath.sin(2 * Math.PI * turns));
  }

  /**
   * From b (t = 0) to c (t = 1), coming from a, going to d: Catmull and Rom (1974), uniform knots.
   */
  private static double spline(double a, double b, double c, double d, double t) {
    var cubic = 3 * (b - c) + d - a;
    var square = 2 * a - 5 * b + 4 * c - d;
    return b + 0.5 * t * (c - a + t * (square + t * cubic));
  }

  private void spill() {
    for (var speck = 0; speck < style.specks(); speck++) {
      var x = SIDE * random.uniform();
      var y = SIDE * random.uniform();
      var radius = 0.2 + 0.4 * random.uniform();
      pen.line(x, y, radius, x, y, radius);
    }
  }

  private byte[] dry() {
    var ink = pen.ink();
    var grey = new byte[ink.length];
    for (var p = 0; p < ink.length; p++) {
      if (ink[p] > 0) {
        var level = style.ink() * (1 - style.grain() * random.uniform());
        grey[p] = (byte) Math.round(255 * level * ink[p]);
      }
    }
    return grey;
  }
}
