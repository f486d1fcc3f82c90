package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.AccumulatedInteraction;
import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.Dependence;
import dev.vitrine.xai.view.ColorMap;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * What the explained number is, on the mean, while two features take other values: a colour for
 * each pair. Dots are rows of the data: where there are none, nobody knows.
 */
public final class DependenceMap {
  private static final double DOT = 3.4;

  private DependenceMap() {}

  /**
   * Partial dependence on two features.
   *
   * @param x the data
   */
  public static Chart of(Dependence dependence, Tensor x) {
    List<Axis> axes = dependence.axes();
    if (axes.size() != 2) {
      throw new IllegalArgumentException(
          "dependence of %d feature: this chart shows that of two".formatted(axes.size()));
    }
    double[] mean = dependence.average();
    int columns = axes.getLast().size();
    double[][] values = new double[axes.getFirst().size()][columns];
    for (int p = 0; p < mean.length; p++) {
      values[p / columns][p % columns] = mean[p];
    }
    Shades shades = Shades.lowToHigh(new Span().with(values).exact());
    return of(
        "Partial dependence on",
        "explained number",
        axes.getFirst(),
        axes.getLast(),
        values,
        x,
        shades);
  }

  /** What two features do together beyond what each does alone: red above and blue below 0. */
  public static Chart of(AccumulatedInteraction.Surface surface, Tensor x) {
    Range span = new Span().with(0).with(surface.values()).exact();
    double limit = Math.max(Math.abs(span.getLowerBound()), Math.abs(span.getUpperBound()));
    var shades =
        new Shades(new Range(-limit, limit), v -> new Color(ColorMap.DIVERGING.rgb(v / limit)));
    return of(
        "Interaction of",
        "effect on the explained number",
        surface.first(),
        surface.second(),
        surface.values(),
        x,
        shades);
  }

  private static Chart of(
      String title,
      String what,
      Axis first,
      Axis second,
      double[][] values,
      Tensor x,
      Shades shades) {
    double[] across = edges(first);
    double[] up = edges(second);
    double[] xs = PartialDependencePlot.data(x, first);
    double[] ys = PartialDependencePlot.data(x, second);
    XYPlot plot =
        Theme.plot(
            Theme.numbers(first.feature().name(), new Span().with(across).exact()),
            Theme.numbers(second.feature().name(), new Span().with(up).exact()));
    plot.addAnnotation(
        new Layer(pen -> {
          pen.g()
              .setRenderingHint(
                  RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
          for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values[i].length; j++) {
              pen.box(across[i], across[i + 1], up[j], up[j + 1], shades.color(values[i][j]));
            }
          }
          pen.g()
              .setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
          rows(pen, xs, ys);
        }));
    return new Chart(
        "%s %s and %s".formatted(title, first.feature(), second.feature()),
        "Colours for %d values of %s and %d of %s: the %s goes from %s to %s; dots are rows."
            .formatted(
                first.size(),
                first.feature(),
                second.size(),
                second.feature(),
                what,
                Figures.brief(new Span().with(values).exact().getLowerBound()),
                Figures.brief(new Span().with(values).exact().getUpperBound())),
        600,
        460,
        plot,
        shades.strip(what));
  }

  /** Those that the axes show, white with a dark edge: seen on any colour. */
  private static void rows(Pen pen, double[] xs, double[] ys) {
    Shape edge = Theme.mark(0, DOT);
    Shape dot = Theme.mark(0, DOT - 1.4);
    for (int r = 0; r < xs.length; r++) {
      double px = pen.x(xs[r]);
      double py = pen.y(ys[r]);
      if (pen.area().contains(px, py)) {
        pen.mark(edge, px, py, Theme.INK);
        pen.mark(dot, px, py, Theme.PAPER);
      }
    }
  }

  /** A value's cell goes half-way to its neighbours, and not beyond the first and the last one. */
  private static double[] edges(Axis axis) {
    double[] z = axis.values();
    if (z.length == 1) {
      return new double[] {z[0] - 0.5, z[0] + 0.5};
    }
    double[] edges = new double[z.length + 1];
    edges[0] = z[0];
    for (int k = 1; k < z.length; k++) {
      edges[k] = (z[k - 1] + z[k]) / 2;
    }
    edges[z.length] = z[z.length - 1];
    return edges;
  }
}
