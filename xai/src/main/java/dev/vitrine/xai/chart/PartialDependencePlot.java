package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Dependence;
import java.awt.geom.Path2D;
import org.jfree.chart.plot.XYPlot;

/**
 * What the explained number becomes while a feature takes other values: the mean over rows with its
 * 95 % interval, some rows by themselves (ICE), and where the data are.
 */
public final class PartialDependencePlot {
  /** Rows that are drawn by themselves; the mean is over all. */
  private static final int LINES = 100;

  private static final double Z = 1.96;

  private PartialDependencePlot() {}

  /**
   * Of one feature.
   *
   * @param x the data, whose values of the feature stand at the foot
   */
  public static Chart of(Dependence dependence, Tensor x) {
    double[] mean = dependence.average();
    double[] errors = dependence.standardError();
    return of(
        dependence,
        x,
        dependence.individual(),
        mean,
        errors,
        "explained number",
        "Partial dependence on ");
  }

  /** The same, each row less its first number, which shows the rows that go other ways (c-ICE). */
  public static Chart centred(Dependence dependence, Tensor x) {
    var centred = new Dependence(dependence.axes(), dependence.centred(0));
    return of(
        centred,
        x,
        centred.individual(),
        centred.average(),
        centred.standardError(),
        "change of the explained number",
        "Centred dependence on ");
  }

  private static Chart of(
      Dependence d,
      Tensor x,
      float[][] rows,
      double[] mean,
      double[] errors,
      String what,
      String title) {
    if (d.axes().size() != 1) {
      throw new IllegalArgumentException(
          "dependence of %d features: this chart shows that of one".formatted(d.axes().size()));
    }
    Axis axis = d.axes().getFirst();
    double[] low = new double[mean.length];
    double[] high = new double[mean.length];
    for (int p = 0; p < mean.length; p++) {
      low[p] = mean[p] - Z * errors[p];
      high[p] = mean[p] + Z * errors[p];
    }
    var lines = new Lines();
    int shown = Math.min(LINES, rows.length);
    for (int i = 0; i < shown; i++) {
      float[] row = rows[(int) ((long) i * rows.length / shown)];
      for (float v : row) {
        lines.including(v);
      }
      lines.under(new Layer(pen -> line(pen, axis.values(), row)));
    }
    lines.add("mean", axis.values(), mean, low, high);
    lines.under(Rug.of(data(x, axis)));
    String name = axis.feature().name();
    XYPlot plot = lines.plot(name, what);
    return new Chart(
        title + name,
        "The mean of the %s over %d rows while %s goes from %s to %s, and %d of the rows."
            .formatted(
                what,
                rows.length,
                name,
                Figures.brief(axis.values()[0]),
                Figures.brief(axis.values()[axis.size() - 1]),
                shown),
        600,
        400,
        plot);
  }

  /** What rows have of a feature. */
  static double[] data(Tensor x, Axis axis) {
    double[][] rows = Explained.rows(x);
    int j = axis.feature().index();
    if (j >= rows[0].length) {
      throw new IllegalArgumentException(
          "feature \"%s\" is number %d, rows have %d: give the rows it was computed of"
              .formatted(axis.feature(), j, rows[0].length));
    }
    return Explained.column(rows, j);
  }

  private static void line(Pen pen, double[] x, float[] y) {
    var line = new Path2D.Double();
    boolean begun = false;
    for (int p = 0; p < x.length; p++) {
      if (!Float.isFinite(y[p])) {
        begun = false;
      } else if (begun) {
        line.lineTo(pen.x(x[p]), pen.y(y[p]));
      } else {
        line.moveTo(pen.x(x[p]), pen.y(y[p]));
        begun = true;
      }
    }
    pen.line(line, Theme.pale(Theme.FRAME, 0.7), Theme.HAIRLINE);
  }
}
