package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jspecify.annotations.Nullable;

/**
 * From the base value to f(x), an arrow per feature: base + Σ a = f(x). The largest come first, the
 * last collects the small ones; what completeness misses has an arrow of its own.
 */
public final class Waterfall {
  /** Features that are shown if nobody asks for more. */
  private static final int SHOWN = 10;

  /** A gap smaller than this share of the way is not worth an arrow. */
  private static final double SMALL = 1e-3;

  private record Step(String name, double from, double to) {}

  private Waterfall() {}

  /** Of one row of an attribution. */
  public static Chart of(Attribution attribution, int row, List<String> names) {
    return of(Explained.of(attribution, null, names), row, SHOWN);
  }

  /**
   * The same, with what the features were.
   *
   * @param x the explained rows, of which {@code row} is one
   */
  public static Chart of(Attribution attribution, Tensor x, int row, List<String> names) {
    return of(attribution, x, row, names, SHOWN);
  }

  /**
   * The same, with so many features.
   *
   * @param shown how many have an arrow of their own
   */
  public static Chart of(
      Attribution attribution, @Nullable Tensor x, int row, List<String> names, int shown) {
    return of(Explained.of(attribution, x, names), row, shown);
  }

  private static Chart of(Explained e, int row, int shown) {
    double base = e.baseOf(row);
    List<Step> steps = steps(e, row, base, shown);
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    names.add("base value");
    values.add(Figures.brief(base));
    var span = new Span().with(base, e.f()[row]);
    for (Step s : steps) {
      names.add(s.name());
      values.add(Figures.signed(s.to() - s.from()));
      span.with(s.from(), s.to());
    }
    names.add("f(x)");
    values.add(Figures.brief(e.f()[row]));
    XYPlot plot =
        Theme.plot(Theme.numbers("explained number", span.padded(0.04)), Theme.rows(names));
    plot.setRangeGridlinesVisible(false);
    Theme.values(plot, values);
    plot.addAnnotation(new Layer(pen -> draw(pen, base, steps, e.f()[row])));
    return new Chart(
        "%s, row %d".formatted(e.method(), row),
        "A waterfall from the base value %s to f(x) = %s; the largest contribution is %s: %s."
            .formatted(Figures.brief(base), Figures.brief(e.f()[row]), names.get(1), values.get(1)),
        Rows.WIDTH,
        Rows.height(names.size()),
        plot);
  }

  private static List<Step> steps(Explained e, int row, double base, int shown) {
    if (shown < 1) {
      throw new IllegalArgumentException(shown + " features to show: at least 1 is needed");
    }
    int[] order = e.order(row);
    // One that would be collected alone is shown instead.
    int own = order.length <= shown + 1 ? order.length : shown;
    var steps = new ArrayList<Step>();
    double at = base;
    for (int j : Arrays.copyOf(order, own)) {
      steps.add(new Step(e.nameIn(row, j), at, at + e.a()[row][j]));
      at += e.a()[row][j];
    }
    if (own < order.length) {
      double rest = 0;
      for (int i = own; i < order.length; i++) {
        rest += e.a()[row][order[i]];
      }
      steps.add(new Step((order.length - own) + " others", at, at + rest));
      at += rest;
    }
    double way = 0;
    for (Step s : steps) {
      way = Math.max(way, Math.abs(s.to() - s.from()));
    }
    if (Math.abs(e.f()[row] - at) > SMALL * way) {
      steps.add(new Step("not attributed", at, e.f()[row]));
    }
    return steps;
  }

  private static void draw(Pen pen, double base, List<Step> steps, double f) {
    double half = Math.abs(pen.y(0.33) - pen.y(0));
    for (int i = 0; i < steps.size(); i++) {
      Step s = steps.get(i);
      double y = pen.y(i + 1);
      link(pen, s.from(), i);
      pen.arrow(s.from(), s.to(), y - half, y + half, Theme.signed(s.to() - s.from()));
    }
    link(pen, f, steps.size());
    anchor(pen, base, 0, half);
    anchor(pen, f, steps.size() + 1, half);
  }

  /** A thick line at a value that is no contribution. */
  private static void anchor(Pen pen, double v, int row, double half) {
    double px = pen.x(v);
    pen.fill(Pen.rectangle(px - 2, pen.y(row) - half, px + 2, pen.y(row) + half), Theme.INK);
  }

  /** From a row to the one below. */
  private static void link(Pen pen, double v, int row) {
    double px = pen.x(v);
    pen.line(px, pen.y(row), px, pen.y(row + 1), Theme.FAINT, Theme.DASHED);
  }
}
