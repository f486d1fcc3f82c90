package dev.vitrine.xai.chart;

import dev.vitrine.xai.Attribution;
import java.awt.geom.Path2D;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.plot.XYPlot;

/**
 * How each row comes from its base value at the bottom to f(x) at the top, a step per feature, the
 * features with the largest mean |a| last. Lines are coloured by f(x).
 */
public final class DecisionPlot {
  private static final int SHOWN = 20;

  private DecisionPlot() {}

  /** Of all rows of an attribution. */
  public static Chart of(Attribution attribution, List<String> names) {
    return of(attribution, names, SHOWN);
  }

  /**
   * The same, with so many features.
   *
   * @param most how many have a step of their own; all others take one together, the first
   */
  public static Chart of(Attribution attribution, List<String> names, int most) {
    Explained e = Explained.of(attribution, null, names);
    Shown shown = Shown.collected(e, FeatureOrder.MEAN, most);
    int[] order = shown.features();
    List<String> labels = shown.labels();
    double[][] ways = new double[e.a().length][];
    for (int r = 0; r < ways.length; r++) {
      ways[r] = way(e, r, order, labels.size());
    }
    XYPlot plot =
        Theme.plot(
            Theme.numbers("explained number", new Span().with(ways).padded(0.04)),
            Theme.rows(labels));
    plot.setDomainAxisLocation(AxisLocation.TOP_OR_LEFT);
    Shades shades = Shades.lowToHigh(new Span().with(e.f()).exact());
    plot.addAnnotation(
        new Layer(pen -> {
          for (double[] way : ways) {
            var line = new Path2D.Double();
            line.moveTo(pen.x(way[0]), pen.y(labels.size() - 0.5));
            for (int i = 1; i < way.length; i++) {
              line.lineTo(pen.x(way[i]), pen.y(labels.size() - 0.5 - i));
            }
            pen.line(line, shades.color(way[way.length - 1]), Theme.HAIRLINE);
          }
        }));
    return new Chart(
        e.title(),
        "Lines of %d rows from their base values to f(x), a step per feature; the last step is %s."
            .formatted(ways.length, labels.getFirst()),
        Rows.WIDTH,
        Rows.height(labels.size()),
        plot);
  }

  /** base, base + the others, …, base + all: from the bottom to the top. */
  private static double[] way(Explained e, int row, int[] order, int steps) {
    double[] way = new double[steps + 1];
    way[0] = e.baseOf(row);
    for (int i = 0; i < order.length; i++) {
      way[steps - Math.min(i, steps - 1)] += e.a()[row][order[i]];
    }
    for (int k = 1; k < way.length; k++) {
      way[k] += way[k - 1];
    }
    return way;
  }
}
