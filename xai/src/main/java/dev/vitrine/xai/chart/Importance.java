package dev.vitrine.xai.chart;

import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.global.Feature;
import dev.vitrine.xai.global.Morris;
import dev.vitrine.xai.global.PermutationImportance;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.plot.XYPlot;

/** A bar per feature, the largest first, with the 95 % interval of each mean: mean ± 1.96·se. */
public final class Importance {
  /** Bars that are shown if nobody asks for more. */
  private static final int SHOWN = 20;

  /** The 97.5 % quantile of the standard normal distribution. */
  private static final double Z = 1.96;

  private Importance() {}

  /** Mean |a| of each feature over explained rows. */
  public static Chart of(AttributionSummary.Means means, List<String> names) {
    String over = means.rows() + (means.rows() == 1 ? " row" : " rows");
    return of(means.amount(), means.amountError(), names, "mean |attribution| over " + over, SHOWN);
  }

  /** What the score loses while a feature is permuted. */
  public static Chart of(PermutationImportance.Importance importance, List<String> names) {
    return of(
        importance.mean(),
        importance.standardError(),
        names,
        "loss of score when permuted, of " + Figures.brief(importance.score()),
        SHOWN);
  }

  /** µ*: the mean amount by which f moves over a feature's range. */
  public static Chart of(Morris.Effects effects, List<String> names) {
    return of(
        effects.meanAmount(),
        effects.standardError(),
        names,
        "µ*, the mean amount of elementary effects",
        SHOWN);
  }

  /**
   * Any number per feature.
   *
   * @param errors standard errors; NaN where there is none
   * @param names one for each, or none
   * @param what the numbers are
   * @param shown how many bars at most; the others are counted below
   */
  public static Chart of(
      double[] values, double[] errors, List<String> names, String what, int shown) {
    if (values.length == 0 || errors.length != values.length || shown < 1) {
      throw new IllegalArgumentException(
          "%d values, %d errors and %d bars: at least one value, an error for each (NaN for"
                  .formatted(values.length, errors.length, shown)
              + " none) and one bar are needed");
    }
    List<String> all = Explained.names(names, values.length);
    int[] order = order(values);
    int bars = Math.min(shown, order.length);
    var labels = new ArrayList<String>();
    var column = new ArrayList<String>();
    var span = new Span().with(0);
    for (int i = 0; i < bars; i++) {
      int j = order[i];
      double half = Double.isFinite(errors[j]) ? Z * errors[j] : 0;
      labels.add(all.get(j));
      column.add(Figures.brief(values[j]) + (half > 0 ? " ± " + Figures.error(half) : ""));
      span.with(values[j] - half, values[j] + half);
    }
    if (bars < order.length) {
      labels.add("and " + (order.length - bars) + " more");
      column.add("at most " + Figures.brief(values[order[bars]]));
    }
    XYPlot plot = Theme.plot(Theme.numbers(what, span.padded(0.02)), Theme.rows(labels));
    plot.setRangeGridlinesVisible(false);
    Theme.values(plot, column);
    plot.addAnnotation(new Layer(pen -> draw(pen, values, errors, order, bars)));
    return new Chart(
        "Importance",
        "Bars of %s: the largest of %d is %s with %s."
            .formatted(what, order.length, labels.getFirst(), column.getFirst()),
        Rows.WIDTH,
        Rows.height(labels.size()),
        plot);
  }

  private static void draw(Pen pen, double[] values, double[] errors, int[] order, int bars) {
    for (int i = 0; i < bars; i++) {
      double v = values[order[i]];
      double half = Z * errors[order[i]];
      if (Double.isFinite(v)) {
        pen.box(0, v, i - 0.32, i + 0.32, Theme.pale(Theme.category(0), 0.75));
      }
      if (Double.isFinite(v) && half > 0) {
        double y = pen.y(i);
        pen.line(pen.x(v - half), y, pen.x(v + half), y, Theme.INK, Theme.HAIRLINE);
        pen.line(pen.x(v - half), y - 4, pen.x(v - half), y + 4, Theme.INK, Theme.HAIRLINE);
        pen.line(pen.x(v + half), y - 4, pen.x(v + half), y + 4, Theme.INK, Theme.HAIRLINE);
      }
    }
    double zero = pen.x(0);
    pen.line(zero, pen.area().getMinY(), zero, pen.area().getMaxY(), Theme.FAINT, Theme.HAIRLINE);
  }

  /** Descending, NaN last. */
  private static int[] order(double[] values) {
    double[] known = values.clone();
    for (int j = 0; j < known.length; j++) {
      known[j] = Double.isNaN(known[j]) ? Double.NEGATIVE_INFINITY : known[j];
    }
    return Feature.order(known);
  }
}
