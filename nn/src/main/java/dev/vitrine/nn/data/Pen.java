package dev.vitrine.nn.data;

/**
 * ink(p) = max over the line of clamp(½ + r − |p − line|): a round pen, anti-aliased by distance.
 */
final class Pen {
  private final int side;
  private final double[] ink;

  /** A pen over an empty sheet of side × side pixels. */
  Pen(int side) {
    this.side = side;
    ink = new double[side * side];
  }

  /** A straight line from a to b whose radius goes from ra to rb, all in pixels. */
  void line(double ax, double ay, double ra, double bx, double by, double rb) {
    var reach = Math.max(ra, rb) + 0.5;
    var top = first(Math.min(ay, by) - reach);
    var left = first(Math.min(ax, bx) - reach);
    var bottom = last(Math.max(ay, by) + reach);
    var right = last(Math.max(ax, bx) + reach);
    var dx = bx - ax;
    var dy = by - ay;
    var length2 = dx * dx + dy * dy;
    for (var row = top; row <= bottom; row++) {
      for (var col = left; col <= right; col++) {
        var px = col + 0.5 - ax;
        var py = row + 0.5 - ay;
        var t = length2 == 0 ? 0 : Math.clamp((px * dx + py * dy) / length2, 0.0, 1.0);
        var ex = px - t * dx;
        var ey = py - t * dy;
        var shade = 0.5 + ra + t * (rb - ra) - Math.sqrt(ex * ex + ey * ey);
        var at = row * side + col;
        ink[at] = Math.max(ink[at], Math.min(shade, 1));
      }
    }
  }

  /** Ink at each pixel, row by row, 0 to 1. */
  double[] ink() {
    return ink;
  }

  private int first(double pixel) {
    return (int) Math.max(0, Math.floor(pixel));
  }

  private int last(double pixel) {
    return (int) Math.min(side - 1, Math.floor(pixel));
  }
}
