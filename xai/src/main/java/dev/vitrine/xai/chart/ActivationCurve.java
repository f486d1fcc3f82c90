package dev.vitrine.xai.chart;

import dev.vitrine.xai.inside.Curve;
import java.util.stream.IntStream;
import org.jfree.chart.plot.XYPlot;

/** An activation function and its slope, as the engine computes them. */
public final class ActivationCurve {
  private ActivationCurve() {}

  /** Of a function. */
  public static Chart of(Curve curve, String name) {
    double[] x = doubles(curve.x());
    XYPlot plot =
        new Lines()
            .including(0)
            .add("f(x)", x, doubles(curve.y()))
            .add("f′(x)", x, doubles(curve.slope()))
            .plot("x", "");
    return new Chart(
        name,
        "%s and its slope from %s to %s."
            .formatted(name, Figures.brief(x[0]), Figures.brief(x[x.length - 1])),
        480,
        360,
        plot,
        Theme.legend(plot));
  }

  private static double[] doubles(float[] v) {
    return IntStream.range(0, v.length).mapToDouble(i -> v[i]).toArray();
  }
}
