package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import org.jfree.chart.plot.XYPlot;

/**
 * A dot per row and feature at its attribution, coloured by what the feature was; where they are
 * dense they spread up and down. Features come in descending order of mean |a|, or of the largest.
 * SHAP calls it a summary plot.
 */
public final class Beeswarm {
  private static final int SHOWN = 20;
  private static final double DOT = 4.4;

  /** Steps of the axis within which dots lie above each other. */
  private static final int BINS = 120;

  private static final double ROW_HEIGHT = 0.42;

  /** The scale of colours has a name, which needs room. */
  private static final int LEAST_HEIGHT = 240;

  private Beeswarm() {}

  /**
   * Of attributions of rows.
   *
   * @param x the explained rows
   */
  public static Chart of(Attribution attribution, Tensor x, List<String> names) {
    return of(attribution, x, names, SHOWN, FeatureOrder.MEAN);
  }

  /**
   * The same, with so many features.
   *
   * @param most how many at most; the others are counted below
   */
  public static Chart of(
      Attribution attribution, Tensor x, List<String> names, int most, FeatureOrder by) {
    Explained e = Explained.of(attribution, x, names);
    double[][] values = Explained.rows(x);
    Shown shown = Shown.cut(e, by, most);
    int[] order = shown.features();
    int rows = shown.own();
    List<String> labels = shown.labels();
    var span = new Span().with(0);
    for (int i = 0; i < rows; i++) {
      span.with(e.attributions(order[i]));
    }
    XYPlot plot =
        Theme.plot(
            Theme.numbers("attribution to the explained number", span.padded(0.04)),
            Theme.rows(labels));
    plot.addAnnotation(
        new Layer(pen -> {
          double zero = pen.x(0);
          pen.line(
              zero, pen.area().getMinY(), zero, pen.area().getMaxY(), Theme.FAINT, Theme.HAIRLINE);
          for (int i = 0; i < rows; i++) {
            int j = order[i];
            draw(pen, i, e.attributions(j), Explained.column(values, j), span);
          }
        }));
    return new Chart(
        e.title(),
        "A dot for each of %d rows and %d features at its attribution, coloured by the feature's value; the largest %samount has %s."
            .formatted(
                e.a().length, rows, by == FeatureOrder.MEAN ? "mean " : "", labels.getFirst()),
        Rows.WIDTH,
        Math.max(LEAST_HEIGHT, Rows.height(labels.size())),
        plot,
        Shades.strip("value of the feature", "low", "high"));
  }

  private static void draw(Pen pen, int row, double[] a, double[] x, Span span) {
    Shape dot = Theme.mark(0, DOT);
    Shades shades = Shades.lowToHigh(x);
    double[] offsets = offsets(a, span.exact().getLowerBound(), span.exact().getLength());
    double unit = Math.min(DOT * 0.8, spacing(pen, offsets));
    for (int r = 0; r < a.length; r++) {
      if (Double.isFinite(a[r])) {
        Color color = shades.color(x[r]);
        pen.mark(dot, pen.x(a[r]), pen.y(row) + unit * offsets[r], color);
      }
    }
  }

  /** So many pixels that the highest heap just fits between its neighbours. */
  private static double spacing(Pen pen, double[] offsets) {
    double most = 1;
    for (double o : offsets) {
      most = Math.max(most, Math.abs(o));
    }
    return Math.abs(pen.y(ROW_HEIGHT) - pen.y(0)) / most;
  }

  /** 0, 1, −1, 2, −2, … for dots that fall into the same step of the axis, in the order of rows. */
  static double[] offsets(double[] a, double low, double length) {
    int[] heaps = new int[BINS + 1];
    double[] offsets = new double[a.length];
    for (int r = 0; r < a.length; r++) {
      if (Double.isFinite(a[r])) {
        int k = heaps[(int) Math.clamp((a[r] - low) / length * BINS, 0, BINS)]++;
        offsets[r] = k % 2 == 0 ? -k / 2 : (k + 1) / 2;
      }
    }
    return offsets;
  }
}
