package dev.vitrine.bench.report;

import dev.vitrine.nn.metric.ConfusionMatrix;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.chart.Chart;
import dev.vitrine.xai.chart.RocChart;
import dev.vitrine.xai.metric.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How good a model is, of each class and on the whole.
 *
 * @param classes a line each
 * @param confusion the names of the classes, and how often which was taken for which
 * @param roc shares of true and false positives of each class against all others
 */
record Performance(
    String accuracy,
    String interval,
    String macroF1,
    List<ClassLine> classes,
    Confusion confusion,
    List<Figure> roc) {
  /** Shades of the confusion matrix, from none to all of a class. */
  private static final int SHADES = 9;

  /** One class. */
  record ClassLine(String name, int rows, String precision, String recall, String f1) {}

  /** Rows are true classes, columns predicted ones. */
  record Confusion(List<String> names, List<Line> lines) {}

  /** One true class. */
  record Line(String name, List<Cell> cells) {}

  /**
   * @param shade 0 to {@link #SHADES}: the share of the true class
   */
  record Cell(int count, int shade, boolean right) {}

  static Performance of(Answers a, List<String> names) {
    var matrix = new ConfusionMatrix(names.size(), a.said(), a.labels());
    var classes = new ArrayList<ClassLine>();
    var lines = new ArrayList<Line>();
    for (int t = 0; t < names.size(); t++) {
      int rows = 0;
      for (int p = 0; p < names.size(); p++) {
        rows += matrix.count(t, p);
      }
      classes.add(
          new ClassLine(
              names.get(t),
              rows,
              share(matrix.precision(t)),
              share(matrix.recall(t)),
              share(matrix.f1(t))));
      var cells = new ArrayList<Cell>();
      for (int p = 0; p < names.size(); p++) {
        int count = matrix.count(t, p);
        int shade = rows == 0 ? 0 : Math.ceilDiv(SHADES * count, rows);
        cells.add(new Cell(count, shade, t == p));
      }
      lines.add(new Line(names.get(t), cells));
    }
    Interval i = Interval.wilson(matrix.accuracy(), a.labels().length);
    return new Performance(
        share(matrix.accuracy()),
        share(i.low()) + " to " + share(i.high()),
        share(matrix.macroF1()),
        classes,
        new Confusion(names, lines),
        roc(a, names));
  }

  /** None where all rows are of one class. */
  private static List<Figure> roc(Answers a, List<String> names) {
    int[] labels = a.labels();
    if (IntStream.of(labels).distinct().count() < 2) {
      return List.of();
    }
    Chart chart = RocChart.of(a.scores(), Tensor.of(Shape.of(labels.length), labels), names);
    String caption =
        "Each class against all others at falling thresholds of its probability, and the area under the curve: 1 is perfect, 0.5 is what guessing reaches.";
    return List.of(Figure.of(chart, caption));
  }

  private static String share(double x) {
    return String.format(Locale.ROOT, "%.4f", x);
  }
}
