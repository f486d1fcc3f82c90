package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;
import org.jspecify.annotations.Nullable;

/**
 * One row as forces: from the left what raises f(x), from the right what lowers it, the strongest
 * where they meet, at f(x). Below are their names, with the number of their bar.
 */
public final class ForcePlot {
  /** Names on each side; the weaker ones are counted. */
  private static final int NAMED = 6;

  private static final double LINE = 20;
  private static final double BAR = 28;
  private static final int AROUND = 190;

  private ForcePlot() {}

  /** Of one row of an attribution. */
  public static Chart of(Attribution attribution, int row, List<String> names) {
    return of(Explained.of(attribution, null, names), row);
  }

  /**
   * The same, with what the features were.
   *
   * @param x the explained rows, of which {@code row} is one
   */
  public static Chart of(Attribution attribution, @Nullable Tensor x, int row, List<String> names) {
    return of(Explained.of(attribution, x, names), row);
  }

  private static Chart of(Explained e, int row) {
    double base = e.baseOf(row);
    double f = e.f()[row];
    int[] order = e.order(row);
    int[] up = Arrays.stream(order).filter(j -> e.a()[row][j] > 0).toArray();
    int[] down = Arrays.stream(order).filter(j -> e.a()[row][j] < 0).toArray();
    double left = f - total(e, row, up);
    double right = f - total(e, row, down);
    NumberAxis axis =
        Theme.numbers("explained number", new Span().with(left, f, right, base).padded(0.03));
    NumberAxis none = Theme.numbers("", new Range(0, 1));
    Theme.withoutTicks(none);
    XYPlot plot = Theme.plot(axis, none);
    plot.setRangeGridlinesVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
    plot.addAnnotation(
        new Layer(pen -> {
          double top = pen.area().getMinY() + 26;
          forces(pen, e, row, up, f, top);
          forces(pen, e, row, down, f, top);
          flag(pen, f, top, "f(x) = " + Figures.brief(f), Theme.INK);
          if (Math.abs(pen.x(base) - pen.x(f)) > 2) {
            mark(pen, base, top);
          }
          double names = top + BAR + 2 * LINE;
          list(pen, e, row, up, names, true);
          list(pen, e, row, down, names, false);
        }));
    int lines = Math.max(lines(up.length), lines(down.length));
    return new Chart(
        "%s, row %d".formatted(e.method(), row),
        "%d features raise f(x) and %d lower it, from the base value %s to %s."
            .formatted(up.length, down.length, Figures.brief(base), Figures.brief(f)),
        Rows.WIDTH,
        (int) (AROUND + LINE * lines),
        plot);
  }

  private static int lines(int features) {
    return Math.min(features, NAMED + 1);
  }

  private static double total(Explained e, int row, int[] features) {
    return IntStream.of(features).mapToDouble(j -> e.a()[row][j]).sum();
  }

  /** Arrows that end one behind the other at f. */
  private static void forces(Pen pen, Explained e, int row, int[] features, double f, double top) {
    double at = f;
    for (int i = 0; i < features.length; i++) {
      double v = e.a()[row][features[i]];
      Color color = Theme.signed(v);
      segment(pen, at - v, at, top, i % 2 == 0 ? color : Theme.pale(color, 0.75));
      String number = String.valueOf(i + 1);
      double wide = Math.abs(pen.x(v) - pen.x(0));
      if (i < NAMED && wide > Fonts.width(number, Theme.SMALL) + BAR / 3) {
        double middle = (pen.x(at - v) + pen.x(at)) / 2;
        pen.text(number, Theme.SMALL, Theme.PAPER, middle, top + BAR / 2, 0.5);
      }
      at -= v;
    }
  }

  /** A bar with a pointed head, which lies within the notch of the next one. */
  private static void segment(Pen pen, double from, double to, double top, Color color) {
    double start = pen.x(from);
    double end = pen.x(to);
    double head = Math.min(BAR / 4, Math.abs(end - start)) * Math.signum(end - start);
    var shape = new Path2D.Double();
    shape.moveTo(start - head, top);
    shape.lineTo(end - head, top);
    shape.lineTo(end, top + BAR / 2);
    shape.lineTo(end - head, top + BAR);
    shape.lineTo(start - head, top + BAR);
    shape.lineTo(start, top + BAR / 2);
    shape.closePath();
    pen.fill(shape, color);
  }

  /** What is written over a place of the bars, moved in where it would leave the paper. */
  private static void flag(Pen pen, double v, double top, String text, Color color) {
    double half = Fonts.width(text, Theme.LABEL) / 2;
    double px = Math.clamp(pen.x(v), pen.area().getMinX() + half, pen.area().getMaxX() - half);
    pen.line(pen.x(v), top - 6, pen.x(v), top + BAR + 4, color, Theme.LINE);
    pen.text(text, Theme.LABEL, color, px, top - 14, 0.5);
  }

  private static void mark(Pen pen, double base, double top) {
    String text = "base value " + Figures.brief(base);
    double half = Fonts.width(text, Theme.LABEL) / 2;
    double px = Math.clamp(pen.x(base), pen.area().getMinX() + half, pen.area().getMaxX() - half);
    pen.line(pen.x(base), top, pen.x(base), top + BAR + 6, Theme.INK, Theme.DASHED);
    pen.text(text, Theme.LABEL, Theme.INK, px, top + BAR + 14, 0.5);
  }

  /** Number, name and contribution of the strongest, in one half of the paper. */
  private static void list(
      Pen pen, Explained e, int row, int[] features, double top, boolean left) {
    double half = pen.area().getWidth() / 2;
    double start = pen.area().getMinX() + (left ? 0 : half + 12);
    double end = start + half - 12;
    double rest = 0;
    for (int i = 0; i < features.length; i++) {
      double v = e.a()[row][features[i]];
      if (i < NAMED) {
        String name = (i + 1) + "  " + e.nameIn(row, features[i]);
        line(pen, name, v, start, end, top + i * LINE);
      } else {
        rest += v;
      }
    }
    if (features.length > NAMED) {
      String name = "and " + (features.length - NAMED) + " more";
      line(pen, name, rest, start, end, top + NAMED * LINE);
    }
  }

  private static void line(Pen pen, String name, double v, double start, double end, double y) {
    String amount = Figures.signed(v);
    double room = end - start - Fonts.width(amount, Theme.LABEL) - 12;
    pen.text(Labels.fit(name, Theme.LABEL, room), Theme.LABEL, Theme.INK, start, y, 0);
    pen.text(amount, Theme.LABEL, Theme.signed(v), end, y, 1);
  }
}
