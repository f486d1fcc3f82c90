package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import java.awt.Color;
import java.awt.Shape;
import java.util.List;
import java.util.function.IntFunction;
import org.jfree.chart.plot.XYPlot;

/**
 * The attribution of a feature against its value, a dot per row: its effect, with the interactions
 * that spread it. Another feature's value may colour the dots.
 */
public final class DependenceScatter {
  private static final double DOT = 5;

  private DependenceScatter() {}

  /**
   * Of a feature.
   *
   * @param x the explained rows
   */
  public static Chart of(Attribution attribution, Tensor x, List<String> names, int feature) {
    Explained e = Explained.of(attribution, x, names);
    XYPlot plot = plot(e, Explained.rows(x), feature, row -> Theme.category(0));
    return new Chart(title(e, feature), describe(e, feature, ""), 600, 420, plot);
  }

  /**
   * The same, coloured by another feature.
   *
   * @param colour the feature that colours the dots
   */
  public static Chart of(
      Attribution attribution, Tensor x, List<String> names, int feature, int colour) {
    Explained e = Explained.of(attribution, x, names);
    double[][] values = Explained.rows(x);
    double[] other = Explained.column(values, e.checkedFeature(colour));
    Shades shades = Shades.lowToHigh(other);
    XYPlot plot = plot(e, values, feature, row -> shades.color(other[row]));
    String by = e.names().get(colour);
    return new Chart(
        title(e, feature),
        describe(e, feature, ", coloured by " + by),
        660,
        420,
        plot,
        shades.strip(by));
  }

  private static XYPlot plot(Explained e, double[][] x, int feature, IntFunction<Color> color) {
    double[] at = Explained.column(x, e.checkedFeature(feature));
    double[] a = e.attributions(feature);
    XYPlot plot =
        Theme.plot(
            Theme.numbers(e.names().get(feature), new Span().with(at).padded(0.04)),
            Theme.numbers("attribution", new Span().with(a).with(0).padded(0.05)));
    Shape dot = Theme.mark(0, DOT);
    plot.addAnnotation(
        new Layer(pen -> {
          double zero = pen.y(0);
          pen.line(
              pen.area().getMinX(), zero, pen.area().getMaxX(), zero, Theme.FAINT, Theme.HAIRLINE);
          for (int r = 0; r < a.length; r++) {
            if (Double.isFinite(a[r]) && Double.isFinite(at[r])) {
              pen.mark(dot, pen.x(at[r]), pen.y(a[r]), color.apply(r));
            }
          }
        }));
    return plot;
  }

  private static String title(Explained e, int feature) {
    return e.method() + " of " + e.names().get(feature);
  }

  private static String describe(Explained e, int feature, String more) {
    return "Attributions to %s against its value in %d rows%s."
        .formatted(e.names().get(feature), e.a().length, more);
  }
}
