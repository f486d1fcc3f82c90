package dev.vitrine.xai.chart;

import dev.vitrine.xai.metric.Curve;
import dev.vitrine.xai.metric.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * What is left of the explained number while features leave, or come: for each method the mean over
 * rows with its 95 % interval, and the mean area under it.
 */
public final class RemovalCurve {
  /** Where curves of rows with different numbers of features are compared. */
  private static final int POINTS = 101;

  private RemovalCurve() {}

  /** Of methods by name, in their order: the curves of {@code Deletion} or {@code Insertion}. */
  public static Chart of(SequencedMap<String, List<Curve>> methods) {
    if (methods.isEmpty()) {
      throw new IllegalArgumentException("no methods given: a chart needs at least one");
    }
    var lines = new Lines();
    var areas = new StringBuilder();
    methods.forEach((name, curves) -> {
      String area = Figures.brief(area(name, curves));
      add(lines, name + ", area " + area, curves);
      areas.append(areas.isEmpty() ? "" : ", ").append(name).append(' ').append(area);
    });
    XYPlot plot =
        lines.plot(
            Theme.numbers("share of the features that have changed", new Range(0, 1)),
            "explained number");
    return new Chart(
        "Removal curves",
        "The explained number while features change, the most important first; areas: %s."
            .formatted(areas),
        600,
        400 + 22 * ((methods.size() + 1) / 2),
        plot,
        Theme.legend(plot));
  }

  private static double area(String name, List<Curve> curves) {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException(
          "\"" + name + "\" has no curves: at least one row is needed");
    }
    return Estimate.normal(curves.stream().mapToDouble(Curve::area).toArray()).mean();
  }

  private static void add(Lines lines, String name, List<Curve> curves) {
    double[] at = grid(curves);
    double[] mean = new double[at.length];
    double[] low = new double[at.length];
    double[] high = new double[at.length];
    for (int k = 0; k < at.length; k++) {
      double t = at[k];
      Estimate e = Estimate.normal(curves.stream().mapToDouble(c -> value(c, t)).toArray());
      mean[k] = e.mean();
      low[k] = e.interval().low();
      high[k] = e.interval().high();
    }
    lines.add(name, at, mean, low, high);
  }

  /** The points of the curves themselves where all have the same. */
  private static double[] grid(List<Curve> curves) {
    double[] first = curves.getFirst().fractions();
    if (curves.stream().allMatch(c -> Arrays.equals(c.fractions(), first))) {
      return first;
    }
    double[] even = new double[POINTS];
    Arrays.setAll(even, k -> k / (POINTS - 1.0));
    return even;
  }

  /** On the line between its two neighbours. */
  private static double value(Curve c, double t) {
    double[] x = c.fractions();
    int k = Arrays.binarySearch(x, t);
    if (k >= 0) {
      return c.values()[k];
    }
    int above = Math.clamp(-k - 1, 1, x.length - 1);
    double share = (t - x[above - 1]) / (x[above] - x[above - 1]);
    return c.values()[above - 1] + share * (c.values()[above] - c.values()[above - 1]);
  }
}
