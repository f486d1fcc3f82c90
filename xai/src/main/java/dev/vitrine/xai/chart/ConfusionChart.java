package dev.vitrine.xai.chart;

import dev.vitrine.nn.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.RenderingHints;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.XYPlot;

/**
 * How many rows of each class were predicted as which: a line per true class, a column per
 * predicted one. The darker a cell, the larger its share of the line.
 */
public final class ConfusionChart {
  private static final int CELL = 44;
  private static final int LEAST_WIDTH = 420;

  private ConfusionChart() {}

  /**
   * Of a matrix.
   *
   * @param names of the classes, one for each, or none: then they are called 0, 1, …
   */
  public static Chart of(ConfusionMatrix matrix, List<String> names) {
    int n = matrix.classes();
    List<String> all =
        names.isEmpty()
            ? IntStream.range(0, n).mapToObj(String::valueOf).toList()
            : Explained.names(names, n);
    SymbolAxis predicted = Theme.rows(all);
    predicted.setInverted(false);
    predicted.setLabel("predicted");
    double widest = all.stream().mapToDouble(s -> Fonts.width(s, Theme.LABEL)).max().orElse(0);
    double longest = Math.min(widest, Theme.LONGEST_NAME);
    predicted.setVerticalTickLabels(longest > CELL - 10);
    SymbolAxis label = Theme.rows(all);
    label.setLabel("true");
    XYPlot plot = Theme.plot(predicted, label);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.addAnnotation(new Layer(pen -> cells(pen, matrix)));
    int side = CELL * n;
    int below = longest > CELL - 10 ? (int) longest : 16;
    return new Chart(
        "Confusion matrix",
        "%d classes, accuracy %s.".formatted(n, Figures.brief(matrix.accuracy())),
        Math.max(LEAST_WIDTH, side + (int) longest + 90),
        side + below + 96,
        plot);
  }

  private static void cells(Pen pen, ConfusionMatrix matrix) {
    int n = matrix.classes();
    pen.g().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    for (int t = 0; t < n; t++) {
      long all = 0;
      for (int p = 0; p < n; p++) {
        all += matrix.count(t, p);
      }
      for (int p = 0; p < n; p++) {
        double share = all == 0 ? 0 : (double) matrix.count(t, p) / all;
        pen.box(p - 0.5, p + 0.5, t - 0.5, t + 0.5, Theme.pale(Theme.category(0), share));
      }
    }
    pen.g().setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    double wide = Math.abs(pen.x(1) - pen.x(0)) - 4;
    for (int t = 0; t < n; t++) {
      int row = 0;
      for (int p = 0; p < n; p++) {
        row += matrix.count(t, p);
      }
      for (int p = 0; p < n; p++) {
        String count = String.valueOf(matrix.count(t, p));
        if (matrix.count(t, p) > 0 && Fonts.width(count, Theme.SMALL) <= wide) {
          Color color = 2.0 * matrix.count(t, p) > row ? Theme.PAPER : Theme.INK;
          pen.text(count, Theme.SMALL, color, pen.x(p), pen.y(t), 0.5);
        }
      }
    }
    double left = pen.x(-0.5);
    double top = pen.y(-0.5);
    pen.g().setPaint(Theme.FRAME);
    pen.g().setStroke(Theme.HAIRLINE);
    pen.g().draw(Pen.rectangle(left, top, pen.x(n - 0.5) - 1, pen.y(n - 0.5) - 1));
  }
}
