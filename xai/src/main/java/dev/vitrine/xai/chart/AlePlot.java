package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.AccumulatedEffects;
import dev.vitrine.xai.global.Axis;
import java.awt.Shape;
import org.jfree.chart.plot.XYPlot;

/** Accumulated local effects of a feature: a dot at each edge of a bin, and where the data are. */
public final class AlePlot {
  private AlePlot() {}

  /**
   * Of one feature.
   *
   * @param x the data, whose values of the feature stand at the foot
   */
  public static Chart of(AccumulatedEffects.Curve curve, Tensor x) {
    Axis axis = curve.axis();
    double[] at = axis.values();
    double[] values = curve.values();
    double[] data = PartialDependencePlot.data(x, axis);
    String name = axis.feature().name();
    Shape dot = Theme.mark(0, 5);
    XYPlot plot =
        new Lines()
            .add("ALE", at, values)
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
        "The accumulated effect of %s over %d bins, whose mean over the data is 0."
            .formatted(name, curve.counts().length),
        600,
        400,
        plot);
  }
}
