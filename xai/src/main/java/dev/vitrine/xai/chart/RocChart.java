package dev.vitrine.xai.chart;

import dev.vitrine.nn.metric.RocAuc;
import dev.vitrine.nn.metric.RocCurve;
import dev.vitrine.tensor.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * Shares of true and of false positives at falling thresholds, for each class against all others,
 * with the area under the curve.
 */
public final class RocChart {
  private RocChart() {}

  /**
   * Of scores.
   *
   * @param scores [n, C], or [n, 1] for yes or no
   * @param labels int [n]
   * @param names of the classes, one for each, or none
   */
  public static Chart of(Tensor scores, Tensor labels, List<String> names) {
    double[][] rows = Explained.rows(scores);
    if (labels.size() != rows.length) {
      throw new IllegalArgumentException(
          "%d labels for scores of shape %s: give one for each row"
              .formatted(labels.size(), scores.shape()));
    }
    int classes = rows[0].length;
    // Of yes or no, the only score is that of yes.
    int first = classes == 1 ? 1 : 0;
    List<String> all =
        names.isEmpty()
            ? IntStream.range(0, classes + first).mapToObj(c -> "class " + c).toList()
            : Explained.names(names, classes + first);
    var lines = new Lines();
    double sum = 0;
    int curves = 0;
    for (int c = 0; c < classes; c++) {
      boolean[] positive = new boolean[rows.length];
      int count = 0;
      for (int r = 0; r < positive.length; r++) {
        positive[r] = labels.intAt(r) == c + first;
        count += positive[r] ? 1 : 0;
      }
      String name = all.get(c + first);
      if (count == 0 || count == rows.length) {
        lines.add(name + ", " + (count == 0 ? "no rows" : "no others"), nothing(), nothing());
        continue;
      }
      double[] column = Explained.column(rows, c);
      RocCurve curve = corners(RocCurve.of(column, positive));
      double area = RocAuc.of(column, positive);
      lines.add(name + ", " + text(area), curve.falsePositives(), curve.truePositives());
      sum += area;
      curves++;
    }
    if (curves == 0) {
      throw new IllegalArgumentException(
          "all %d rows are of one class: a ROC curve needs some of another".formatted(rows.length));
    }
    lines.under(
        new Layer(
            pen -> pen.line(pen.x(0), pen.y(0), pen.x(1), pen.y(1), Theme.FAINT, Theme.DASHED)));
    var room = new Range(-0.02, 1.02);
    XYPlot plot =
        lines.plot(
            Theme.numbers("share of false positives", room),
            Theme.numbers("share of true positives", room));
    return new Chart(
        "ROC curves and their areas",
        "%d classes against all others; the mean area under the curves is %s."
            .formatted(curves, Figures.brief(sum / curves)),
        520,
        500 + 24 * ((classes + 2) / 3),
        plot,
        Theme.legend(plot));
  }

  /** Three digits, five where three would round to 1: 0.99982. */
  private static String text(double area) {
    String brief = Figures.brief(area);
    return brief.equals("1") ? Figures.value(area) : brief;
  }

  /** Without the points inside of a step, of which thousands of rows have thousands. */
  private static RocCurve corners(RocCurve all) {
    double[] x = all.falsePositives();
    double[] y = all.truePositives();
    int[] kept =
        IntStream.range(0, x.length)
            .filter(k ->
                k == 0
                    || k == x.length - 1
                    || !(x[k - 1] == x[k] && x[k] == x[k + 1]
                        || y[k - 1] == y[k] && y[k] == y[k + 1]))
            .toArray();
    return new RocCurve(
        IntStream.of(kept).mapToDouble(k -> x[k]).toArray(),
        IntStream.of(kept).mapToDouble(k -> y[k]).toArray());
  }

  private static double[] nothing() {
    return new double[0];
  }
}
