package dev.vitrine.xai.chart;

import static org.jfree.chart.ui.Layer.BACKGROUND;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.Title;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Named lines, each in a colour of its own and with a band around it if it has one. */
final class Lines {
  private static final double LONGEST_NAME = 320;

  /** The share of its colour that a band keeps. */
  private static final double BAND = 0.2;

  private final XYSeriesCollection series = new XYSeriesCollection();
  private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
  private final Span across = new Span();
  private final Span up = new Span();

  Lines() {
    // One path: dashes run on from point to point, and an SVG is a tenth as long.
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setLegendLine(new Line2D.Double(-11, 0, 11, 0));
  }

  /** A line through points; it is broken where y is not a number. */
  Lines add(String name, double[] x, double[] y) {
    int i = series.getSeriesCount();
    // Two names that differ in their middle alone are the same once they are shortened.
    String key = Labels.fit(name, Theme.LABEL, LONGEST_NAME);
    while (series.getSeriesIndex(key) >= 0) {
      key += "′";
    }
    var line = new XYSeries(key, false, true);
    int known = 0;
    for (int k = 0; k < x.length; k++) {
      boolean finite = Double.isFinite(x[k]) && Double.isFinite(y[k]);
      line.add(x[k], finite ? y[k] : Double.NaN, false);
      known += finite ? 1 : 0;
    }
    series.addSeries(line);
    renderer.setSeriesPaint(i, Theme.category(i));
    renderer.setSeriesStroke(i, Theme.line(i));
    renderer.setSeriesShape(i, Theme.mark(i, 5));
    // A line through one point is none.
    renderer.setSeriesShapesVisible(i, known == 1);
    across.with(x);
    up.with(y);
    return this;
  }

  /** The same with a band from {@code low} to {@code high}. */
  Lines add(String name, double[] x, double[] y, double[] low, double[] high) {
    int i = series.getSeriesCount();
    add(name, x, y);
    up.with(low).with(high);
    Color color = Theme.clear(Theme.category(i), BAND);
    return under(new Layer(pen -> bands(pen, x, low, high, color)));
  }

  /** Values that the vertical axis must show as well. */
  Lines including(double... values) {
    up.with(values);
    return this;
  }

  /** Something else below the lines. */
  Lines under(Layer layer) {
    renderer.addAnnotation(layer, BACKGROUND);
    return this;
  }

  XYPlot plot(String x, String y) {
    return plot(Theme.numbers(x, across.padded(0.02)), y);
  }

  XYPlot plot(NumberAxis x, String y) {
    return plot(x, Theme.numbers(y, up.padded(0.05)));
  }

  XYPlot plot(NumberAxis x, NumberAxis y) {
    XYPlot plot = Theme.plot(x, y);
    plot.setDataset(series);
    plot.setRenderer(renderer);
    return plot;
  }

  /** None for a single line, whose name is that of the axis. */
  static Title[] legend(XYPlot... plots) {
    int items = 0;
    for (XYPlot plot : plots) {
      items += plot.getLegendItems().getItemCount();
    }
    return items < 2 ? new Title[0] : new Title[] {Theme.legend(plots[0])};
  }

  /** A shape for each run of points that have both ends. */
  private static void bands(Pen pen, double[] x, double[] low, double[] high, Color color) {
    int from = 0;
    for (int k = 0; k <= x.length; k++) {
      boolean known =
          k < x.length
              && Double.isFinite(x[k])
              && Double.isFinite(low[k])
              && Double.isFinite(high[k]);
      if (!known) {
        band(pen, x, low, high, from, k, color);
        from = k + 1;
      }
    }
  }

  private static void band(
      Pen pen, double[] x, double[] low, double[] high, int from, int to, Color color) {
    if (to - from < 2) {
      return;
    }
    var band = new Path2D.Double();
    band.moveTo(pen.x(x[from]), pen.y(low[from]));
    for (int k = from; k < to; k++) {
      band.lineTo(pen.x(x[k]), pen.y(high[k]));
    }
    for (int k = to - 1; k > from; k--) {
      band.lineTo(pen.x(x[k]), pen.y(low[k]));
    }
    band.closePath();
    pen.fill(band, color);
  }
}
