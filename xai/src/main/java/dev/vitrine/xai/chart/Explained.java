package dev.vitrine.xai.chart;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.global.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An attribution of a table as numbers on the host.
 *
 * @param method what it was computed by
 * @param names of the features
 * @param a attributions, [rows][features]
 * @param x what the features were, likewise; null if nobody said
 * @param f the explained number of each row
 * @param base what f is without any attribution; null where the method does not promise that
 *     attributions add up to anything
 */
record Explained(
    String method,
    List<String> names,
    double[][] a,
    double @Nullable [][] x,
    double[] f,
    double @Nullable [] base) {

  /**
   * Of an attribution [n, …].
   *
   * @param x the explained rows, of the same shape
   * @param names one for each element of a row, or none: then they are called x0, x1, …
   */
  static Explained of(Attribution attribution, @Nullable Tensor x, List<String> names) {
    Tensor values = attribution.values();
    double[][] a = rows(values);
    if (x != null && x.size() != values.size()) {
      throw new IllegalArgumentException(
          "rows of shape %s for attributions of shape %s: give the rows that were explained"
              .formatted(x.shape(), values.shape()));
    }
    double[] f = new double[a.length];
    double[] base = new double[a.length];
    Attribution.Convergence convergence = attribution.convergence();
    for (int r = 0; r < f.length; r++) {
      f[r] = attribution.outputs()[r];
      base[r] = f[r];
      for (double v : a[r]) {
        base[r] -= v;
      }
      base[r] += convergence == null ? 0 : convergence.gap()[r];
    }
    return new Explained(
        attribution.provenance().method(),
        names(names, a[0].length),
        a,
        x == null ? null : rows(x),
        f,
        convergence == null ? null : base);
  }

  /** Refuses a number of names that doesn't fit. */
  static List<String> names(List<String> names, int features) {
    if (names.isEmpty()) {
      return IntStream.range(0, features).mapToObj(j -> Feature.of(j).name()).toList();
    }
    if (names.size() != features) {
      throw new IllegalArgumentException(
          "%d names for %d features: give one for each, or none at all"
              .formatted(names.size(), features));
    }
    return List.copyOf(names);
  }

  /** Tensor [n, …] → [n][elements of a row]. */
  static double[][] rows(Tensor t) {
    int n = t.shape().rank() == 0 ? 0 : t.shape().dim(0);
    if (n == 0 || t.size() == 0) {
      throw new IllegalArgumentException(
          "a chart of shape %s: at least one row with one feature is needed".formatted(t.shape()));
    }
    double[][] rows = new double[n][Math.toIntExact(t.size() / n)];
    for (int r = 0; r < n; r++) {
      for (int j = 0; j < rows[r].length; j++) {
        rows[r][j] = t.at((long) r * rows[r].length + j);
      }
    }
    return rows;
  }

  int features() {
    return names.size();
  }

  /**
   * What f of a row is without any attribution; refuses methods that have no such thing, and rows
   * whose attributions cannot be added up.
   */
  double baseOf(int row) {
    if (base == null) {
      throw new IllegalArgumentException(
          "%s does not promise that attributions add up to the explained number, as this chart"
                  .formatted(method)
              + " shows it: take a complete method, or draw an Importance or a Beeswarm");
    }
    checkedRow(row);
    for (int j = 0; j < features(); j++) {
      if (!Double.isFinite(a[row][j])) {
        throw new IllegalArgumentException(
            "row %d: feature \"%s\" has the attribution %s, which cannot be added up as this"
                    .formatted(row, names.get(j), a[row][j])
                + " chart shows it; leave the row out");
      }
    }
    if (!Double.isFinite(base[row]) || !Double.isFinite(f[row])) {
      throw new IllegalArgumentException(
          "row %d: from %s to f(x) = %s is no way that can be drawn; leave the row out"
              .formatted(row, base[row], f[row]));
    }
    return base[row];
  }

  /** Refuses a row that is not there. */
  int checkedRow(int row) {
    if (row < 0 || row >= a.length) {
      throw new IllegalArgumentException(
          "row %d of %d: rows count from 0 to %d".formatted(row, a.length, a.length - 1));
    }
    return row;
  }

  /** Refuses a feature that is not there. */
  int checkedFeature(int j) {
    if (j < 0 || j >= features()) {
      throw new IllegalArgumentException(
          "feature %d of %d: features count from 0 to %d".formatted(j, features(), features() - 1));
    }
    return j;
  }

  /** The name, with the row's value if it is known; a long name is shortened, the value never. */
  String nameIn(int row, int j) {
    if (x == null) {
      return names.get(j);
    }
    String value = " = " + Figures.value(x[row][j]);
    double room = Theme.LONGEST_NAME - Fonts.width(value, Theme.LABEL);
    return Labels.fit(names.get(j), Theme.LABEL, room) + value;
  }

  /** A feature's attributions in all rows. */
  double[] attributions(int j) {
    return column(a, j);
  }

  static double[] column(double[][] rows, int j) {
    double[] column = new double[rows.length];
    for (int r = 0; r < column.length; r++) {
      column[r] = rows[r][j];
    }
    return column;
  }

  /** The features in descending order of |a| over the rows that have a number. */
  int[] order(FeatureOrder by) {
    double[] amounts = new double[features()];
    for (int j = 0; j < amounts.length; j++) {
      DoubleStream known =
          Arrays.stream(attributions(j)).filter(v -> !Double.isNaN(v)).map(Math::abs);
      amounts[j] = (by == FeatureOrder.MEAN ? known.average() : known.max()).orElse(-1);
    }
    return Feature.order(amounts);
  }

  /** IntegratedGradients, 300 rows */
  String title() {
    return "%s, %d %s".formatted(method, a.length, a.length == 1 ? "row" : "rows");
  }

  /** The features of one row in descending order of |a|; NaN comes last. */
  int[] order(int row) {
    double[] amounts = new double[features()];
    for (int j = 0; j < amounts.length; j++) {
      amounts[j] = Double.isNaN(a[row][j]) ? -1 : Math.abs(a[row][j]);
    }
    return Feature.order(amounts);
  }
}
