package dev.vitrine.bench.report;

import dev.vitrine.bench.run.Comparison;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.xai.metric.Estimate;
import dev.vitrine.xai.metric.Metric.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Methods side by side.
 *
 * @param metrics the columns
 * @param lines the rows
 */
record MethodTable(int rows, List<Column> metrics, List<Line> lines) {
  /** A metric; an arrow says what is better. */
  record Column(String name, String arrow, String better) {}

  /** A method. */
  record Line(String method, String hash, List<Cell> cells) {}

  /**
   * A mean and half of its 95 % interval.
   *
   * @param half null: of fewer than two rows it is unknown
   * @param best whether no other method has a better mean, the random one apart
   */
  record Cell(String mean, @Nullable String half, boolean best) {}

  static MethodTable of(int rows, List<Comparison.Row> methods) {
    var columns = new ArrayList<Column>();
    for (Comparison.Cell c : methods.getFirst().metrics()) {
      boolean higher = c.better() == Direction.HIGHER;
      columns.add(
          new Column(
              c.metric(), higher ? "↑" : "↓", higher ? "higher is better" : "lower is better"));
    }
    var lines = new ArrayList<Line>();
    for (Comparison.Row m : methods) {
      var cells = new ArrayList<Cell>();
      for (int i = 0; i < columns.size(); i++) {
        Estimate e = m.metrics().get(i).estimate();
        cells.add(
            e.rows() == 0
                ? new Cell("–", null, false)
                : new Cell(
                    number(e.mean()),
                    e.rows() < 2 ? null : number(e.interval().half()),
                    isBest(i, m, methods)));
      }
      lines.add(new Line(m.method(), m.attributions().getFirst().substring(0, 12), cells));
    }
    return new MethodTable(rows, columns, lines);
  }

  private static boolean isBest(int metric, Comparison.Row one, List<Comparison.Row> all) {
    if (one.method().equals(Methods.RANDOM)) {
      return false; // what never changes is never sensitive
    }
    Comparison.Cell own = one.metrics().get(metric);
    double sign = own.better() == Direction.HIGHER ? 1 : -1;
    return all.stream()
        .filter(m -> !m.method().equals(Methods.RANDOM))
        .map(m -> m.metrics().get(metric).estimate().mean())
        .noneMatch(other -> sign * other > sign * own.estimate().mean());
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.3f", x).replace('-', '−');
  }
}
