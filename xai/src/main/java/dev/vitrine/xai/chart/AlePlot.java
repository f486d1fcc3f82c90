package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.AccumulatedEffects;
import dev.vitrine.xai.global.Axis;
import java.awt.Shape;
import org.jfree.chart.plot.XYPlot;

/**
 * Accumulated local effects of a feature: a dot at each edge of a bin, where the data are, and how
 * far other data might move the line.
 */
public final class AlePlot {
  private AlePlot() {}

  /**
   * Of one feature.
   *
   * @param x the data, whose values of the feature stand at the foot
   */
  public static Chart of(AccumulatedEffects.Curve curve, Tensor x) {
    return of(curve, x, new Lines().add("ALE", curve.axis().values(), curve.values()), "");
  }

  /** The same in a band of 95 %. */
  public static Chart of(AccumulatedEffects.Curve curve, Tensor x, AccumulatedEffects.Band band) {
    var lines =
        new Lines().add("ALE", curve.axis().values(), curve.values(), band.low(), band.high());
    return of(curve, x, lines, "; the band is where 95 % of resampled data have it");
  }

  private static Chart of(AccumulatedEffects.Curve curve, Tensor x, Lines lines, String band) {
    Axis axis = curve.axis();
    double[] at = axis.values();
    double[] values = curve.values();
    double[] data = PartialDependencePlot.data(x, axis);
    String name = axis.feature().name();
    Shape dot = Theme.mark(0, 5);
    XYPlot plot =
        lines
            .including(0)
            .under(Rug.of(data))
            .under(
                new Layer(pen -> {
                  double zero = pen.y(0);
                  double right = pen.area().getMaxX();
                  pen.line(pen.area().getMinX(), zero, right, zero, Theme.FAINT, Theme.HAIRLINE);
                  for (int k = 0; k < at.length; k++) {
                    if (Double.isFinite(values[k])) {
                      pen.mark(dot, pen.x(at[k]), pen.y(values[k]), Theme.category(0));
                    }
                  }
                }))
            .plot(name, "effect on the explained number");
    return new Chart(
        "Accumulated effects of " + name,
        "The accumulated effect of %s over %d bins, whose mean over the data is 0%s."
            .formatted(name, curve.counts().length, band),
        600,
        400,
        plot);
  }
}
