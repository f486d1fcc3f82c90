package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.inside.DecisionMap;
import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * Which class a predictor says at each point of a plane, the fuller the colour the clearer, and
 * rows as dots in the colours of their own classes.
 */
public final class DecisionBoundary {
  private static final double DOT = 6;

  /** The share of its colour that a class has on its border, and what is added far from it. */
  private static final double FAINT = 0.15;

  private static final double FULLER = 0.3;

  private DecisionBoundary() {}

  /**
   * Of a map.
   *
   * @param x rows, drawn where they are nearest to the plane
   * @param labels their classes
   * @param classes their names, or none
   */
  public static Chart of(DecisionMap map, Tensor x, int[] labels, List<String> classes) {
    double[][] at = map.plane().coordinates(x);
    List<String> names = Classes.names(classes, labels, at.length);
    int[][] said = map.classes();
    double[] u = edges(map.u());
    double[] v = edges(map.v());
    boolean inputs = map.plane().shape().size() == 2;
    XYPlot plot =
        Theme.plot(
            Theme.numbers(
                inputs ? "x0" : "along the first direction", new Range(u[0], u[u.length - 1])),
            Theme.numbers(
                inputs ? "x1" : "along the second direction", new Range(v[0], v[v.length - 1])));
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.addAnnotation(new Layer(pen -> fields(pen, map.margins(), said, u, v)));
    plot.addAnnotation(new Layer(pen -> dots(pen, at, labels)));
    plot.setFixedLegendItems(Classes.legend(names));
    return new Chart(
        "Decision boundary",
        "The class that is predicted at %d × %d points of a plane, and %d rows of %d classes."
            .formatted(map.u().length, map.v().length, at.length, names.size()),
        560,
        520 + 22 * (names.size() / 6),
        plot,
        Theme.legend(plot));
  }

  private static void fields(Pen pen, float[][] margins, int[][] said, double[] u, double[] v) {
    pen.g().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    double widest = 0;
    for (float[] row : margins) {
      for (float m : row) {
        widest = Float.isFinite(m) ? Math.max(widest, m) : widest;
      }
    }
    for (int i = 0; i < said.length; i++) {
      for (int j = 0; j < said[i].length; j++) {
        double clear = widest > 0 ? Math.clamp(margins[i][j] / widest, 0.0, 1.0) : 0;
        Color color =
            Float.isNaN(margins[i][j])
                ? Theme.NAN
                : Theme.pale(Theme.category(said[i][j]), FAINT + FULLER * clear);
        pen.box(u[j], u[j + 1], v[i], v[i + 1], color);
      }
    }
  }

  private static void dots(Pen pen, double[][] at, int[] labels) {
    for (int r = 0; r < at.length; r++) {
      Shape mark = Theme.mark(labels[r], DOT);
      Shape around = Theme.mark(labels[r], DOT + 2);
      pen.mark(around, pen.x(at[r][0]), pen.y(at[r][1]), Theme.PAPER);
      pen.mark(mark, pen.x(at[r][0]), pen.y(at[r][1]), Theme.category(labels[r]));
    }
  }

  /** Where the fields around points begin and end. */
  private static double[] edges(double[] points) {
    int n = points.length;
    double half = (points[n - 1] - points[0]) / (n - 1) / 2;
    double[] edges = Arrays.copyOf(points, n + 1);
    for (int i = 0; i < n; i++) {
      edges[i] -= half;
    }
    edges[n] = points[n - 1] + half;
    return edges;
  }
}
