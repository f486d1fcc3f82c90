package dev.vitrine.bench.studio;

import dev.vitrine.nn.data.Column;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table as its training rows show them, in the units in which they were measured.
 *
 * @param all what the page knows of each
 * @param encoding from their values to what models see, and back
 */
record Columns(List<Shown> all, Encoding encoding) {
  /** Steps of a column's range that its shortest decimals tell apart: a thousand or more. */
  private static final int DIGITS = 3;

  private static final int MOST_DECIMALS = 10;

  /**
   * @param median where a slider starts; of categories the most frequent one
   * @param decimals with which its values are written
   * @param categories that can be chosen, a value being a position among them; none of numbers
   * @param reference the value that models see as 0; null of categories: they see none of them
   */
  record Shown(
      String name,
      double low,
      double high,
      double median,
      int decimals,
      List<String> categories,
      @Nullable Double reference) {
    boolean isNumber() {
      return categories.isEmpty();
    }
  }

  static Columns of(Split data) {
    Dataset train = data.train();
    Encoding encoding = data.encoding() == null ? plain(train) : data.encoding();
    double[][] rows = new double[train.size()][];
    Arrays.setAll(rows, i -> encoding.decode(train.input(i).toFloats()));
    var all = new ArrayList<Shown>();
    for (int j = 0; j < encoding.columns().size(); j++) {
      int column = j;
      double[] values = Arrays.stream(rows).mapToDouble(row -> row[column]).sorted().toArray();
      all.add(
          switch (encoding.columns().get(j)) {
            case Column.Numeric n -> number(n, values);
            case Column.Categorical c -> choice(c, values);
          });
    }
    return new Columns(List.copyOf(all), encoding);
  }

  /** Of inputs that are what was measured. */
  private static Encoding plain(Dataset train) {
    var columns = new ArrayList<Column>();
    for (int j = 0; j < train.inputs().shape().dim(1); j++) {
      String name = train.features().isEmpty() ? "column " + j : train.features().get(j);
      columns.add(new Column.Numeric(name, 0, 1));
    }
    return new Encoding(columns, "", List.of());
  }

  private static Shown number(Column.Numeric column, double[] sorted) {
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    boolean whole = Arrays.stream(sorted).allMatch(v -> v == Math.rint(v));
    double size = high > low ? high - low : Math.abs(low);
    int decimals =
        whole || size == 0
            ? 0
            : Math.clamp(DIGITS - (int) Math.floor(StrictMath.log10(size)), 0, MOST_DECIMALS);
    double[] reference = new Encoding(List.of(column), "", List.of()).decode(0);
    return new Shown(
        column.name(), low, high, sorted[sorted.length / 2], decimals, List.of(), reference[0]);
  }

  private static Shown choice(Column.Categorical column, double[] sorted) {
    int[] counts = new int[column.categories().size()];
    Arrays.stream(sorted).forEach(v -> counts[(int) v]++);
    int most = 0;
    for (int c = 1; c < counts.length; c++) {
      most = counts[c] > counts[most] ? c : most;
    }
    int last = counts.length - 1;
    return new Shown(column.name(), 0, last, most, 0, column.categories(), null);
  }
}
