package dev.vitrine.xai.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.function.DoubleUnaryOperator;

/**
 * Draws in pixels of the paper.
 *
 * @param area where data are shown
 * @param x the pixel of a value on the horizontal axis
 * @param y on the vertical one
 */
record Pen(Graphics2D g, Rectangle2D area, DoubleUnaryOperator x, DoubleUnaryOperator y) {

  double x(double v) {
    return x.applyAsDouble(v);
  }

  double y(double v) {
    return y.applyAsDouble(v);
  }

  void fill(Shape shape, Color color) {
    g.setPaint(color);
    g.fill(shape);
  }

  /**
   * Between two values on each axis, with edges where pixels have theirs: neighbours leave no gap.
   */
  void box(double left, double right, double top, double bottom, Color color) {
    fill(rectangle(edge(x(left)), edge(y(top)), edge(x(right)), edge(y(bottom))), color);
  }

  private static double edge(double pixel) {
    return (double) Math.round(pixel * Chart.SHARPNESS) / Chart.SHARPNESS;
  }

  static Rectangle2D rectangle(double x0, double y0, double x1, double y1) {
    return new Rectangle2D.Double(
        Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0));
  }

  /** A shape around (0, 0), moved to a pixel. */
  void mark(Shape shape, double px, double py, Color color) {
    fill(
        // A transformed disc is no disc any more but four curves, which an SVG has to spell out.
        shape instanceof Ellipse2D disc
            ? new Ellipse2D.Double(
                px + disc.getX(), py + disc.getY(), disc.getWidth(), disc.getHeight())
            : AffineTransform.getTranslateInstance(px, py).createTransformedShape(shape),
        color);
  }

  /** From pixel to pixel. */
  void line(double x0, double y0, double x1, double y1, Color color, Stroke stroke) {
    g.setPaint(color);
    g.setStroke(stroke);
    g.draw(new Line2D.Double(x0, y0, x1, y1));
  }

  void line(Path2D path, Color color, Stroke stroke) {
    g.setPaint(color);
    g.setStroke(stroke);
    g.draw(path);
  }

  /**
   * A bar that points from one value to another, between pixels top and bottom: an arrow, or a line
   * where there is no room for its head.
   */
  void arrow(double from, double to, double top, double bottom, Color color) {
    double start = x(from);
    double end = x(to);
    double head = (bottom - top) / 3;
    if (Math.abs(end - start) < head) {
      double half = Math.max(0.5 * Math.abs(end - start), 0.75);
      double middle = 0.5 * (start + end);
      fill(rectangle(middle - half, top, middle + half, bottom), color);
      return;
    }
    double neck = end - head * Math.signum(end - start);
    var arrow = new Path2D.Double();
    arrow.moveTo(start, top);
    arrow.lineTo(neck, top);
    arrow.lineTo(end, (top + bottom) / 2);
    arrow.lineTo(neck, bottom);
    arrow.lineTo(start, bottom);
    arrow.closePath();
    fill(arrow, color);
  }

  /** A line of text; {@code share} of it lies left of px, and its x-height is centred on py. */
  void text(String text, Font font, Color color, double px, double py, double share) {
    g.setFont(font);
    g.setPaint(color);
    double left = px - share * Fonts.width(text, font);
    g.drawString(text, (float) left, (float) (py + 0.36 * font.getSize2D()));
  }
}
