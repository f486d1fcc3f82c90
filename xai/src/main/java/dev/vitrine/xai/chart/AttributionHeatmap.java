package dev.vitrine.xai.chart;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;

/**
 * The attributions of a data set, a column per row of it and a line per feature, with f(x) above:
 * in descending order of that, or rows that are explained alike side by side.
 */
public final class AttributionHeatmap {
  private static final int SHOWN = 20;

  /** Pixels of paper for f(x). */
  private static final int ABOVE = 80;

  /** Amounts that are larger than this share of all are drawn as if they were as large. */
  private static final double UNCUT = 0.99;

  private AttributionHeatmap() {}

  /** Of all rows of an attribution. */
  public static Chart of(Attribution attribution, List<String> names) {
    return of(attribution, names, SHOWN, InstanceOrder.OUTPUT);
  }

  /**
   * The same, with so many features.
   *
   * @param most how many at most; the others are counted below
   */
  public static Chart of(Attribution attribution, List<String> names, int most, InstanceOrder by) {
    Explained e = Explained.of(attribution, null, names);
    Shown shown = Shown.cut(e, FeatureOrder.MEAN, most);
    int[] features = shown.features();
    int lines = shown.own();
    List<String> labels = shown.labels();
    boolean alike = by == InstanceOrder.SIMILARITY;
    int[] columns = alike ? LeafOrder.of(e.a()) : Feature.order(e.f());
    Shades shades = shades(e);
    String what = alike ? "rows, similar ones side by side" : "rows, by f(x)";
    NumberAxis across = Theme.counts(what, new Range(0, columns.length));
    XYPlot map = Theme.plot(across, Theme.rows(labels));
    map.setDomainGridlinesVisible(false);
    map.setRangeGridlinesVisible(false);
    map.addAnnotation(
        new Layer(pen -> {
          // Neighbours share an edge, which would shine through if both were smoothed.
          pen.g()
              .setRenderingHint(
                  RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
          for (int i = 0; i < lines; i++) {
            for (int c = 0; c < columns.length; c++) {
              Color color = shades.color(e.a()[columns[c]][features[i]]);
              pen.box(c, c + 1, i - 0.5, i + 0.5, color);
            }
          }
        }));
    NumberAxis up = Theme.numbers("f(x)", new Span().with(e.f()).padded(0.1));
    XYPlot above = Theme.plot(across, up);
    above.addAnnotation(new Layer(pen -> stairs(pen, e.f(), columns)));
    var both = new CombinedDomainXYPlot(across);
    both.add(above, ABOVE);
    both.add(map, 24 * labels.size());
    both.setGap(10);
    both.setInsets(new RectangleInsets(8, 8, 4, 12));
    return new Chart(
        e.title(),
        "Attributions of %d rows to %d features as colours, red above and blue below 0, with f(x) above them."
            .formatted(columns.length, lines),
        Rows.WIDTH,
        Rows.height(labels.size()) + ABOVE,
        both,
        shades.strip("attribution"));
  }

  /** The same colours on both sides of 0. */
  private static Shades shades(Explained e) {
    double[] amounts =
        Arrays.stream(e.a())
            .flatMapToDouble(Arrays::stream)
            .map(Math::abs)
            .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
            .sorted()
            .toArray();
    int n = amounts.length;
    double limit = n == 0 ? 1 : amounts[(int) Math.ceil(UNCUT * n) - 1];
    return new Shades(new Range(-limit, limit), v -> new Color(ColorMap.DIVERGING.rgb(v / limit)));
  }

  private static void stairs(Pen pen, double[] f, int[] columns) {
    var line = new Path2D.Double();
    boolean begun = false;
    for (int c = 0; c < columns.length; c++) {
      double v = f[columns[c]];
      if (!Double.isFinite(v)) {
        begun = false;
        continue;
      }
      if (begun) {
        line.lineTo(pen.x(c), pen.y(v));
      } else {
        line.moveTo(pen.x(c), pen.y(v));
      }
      line.lineTo(pen.x(c + 1), pen.y(v));
      begun = true;
    }
    pen.line(line, Theme.INK, Theme.HAIRLINE);
  }
}
