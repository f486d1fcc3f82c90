package dev.vitrine.nn.data;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What an input column of a table becomes: one standardised number, or a one-hot block.
 *
 * <p>Between the cell and those stands its value: the number itself, or the position of its
 * category.
 */
public sealed interface Column extends Serializable {
  /** How many values an error lists. */
  int MOST_SHOWN = 10;

  /** Decimal digits that tell any two doubles apart. */
  int DIGITS = 17;

  /** Name of the table's column. */
  String name();

  /** Names of the numbers it becomes. */
  List<String> features();

  /** How many numbers that is. */
  int width();

  /** The value of this column's cell; a missing or an unknown one is refused. */
  double read(Table table, Table.Row row);

  /** Writes what a value becomes from {@code x[at]} on. */
  void encode(double value, float[] x, int at);

  /**
   * The value of which {@link #encode} makes the same numbers; of numbers that no value becomes, a
   * near one.
   */
  double decode(float[] x, int at);

  /**
   * x = (v − mean) / sd, with the mean and the population standard deviation of the training rows.
   *
   * @param sd 1 for a constant column, which becomes 0
   */
  record Numeric(String name, double mean, double sd) implements Column {
    @Override
    public List<String> features() {
      return List.of(name);
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public double read(Table table, Table.Row row) {
      return table.number(row, table.index(name));
    }

    @Override
    public void encode(double value, float[] x, int at) {
      x[at] = encoded(value);
    }

    private float encoded(double value) {
      return (float) ((value - mean) / sd);
    }

    /** The shortest decimal of those that become the same float32: mostly what the cell said. */
    @Override
    public double decode(float[] x, int at) {
      double value = mean + sd * x[at];
      if (Double.isFinite(value)) {
        for (int digits = 1; digits < DIGITS; digits++) {
          double shorter = new BigDecimal(value).round(new MathContext(digits)).doubleValue();
          if (encoded(shorter) == x[at]) {
            return shorter;
          }
        }
      }
      return value;
    }
  }

  /** x[c] = 1 if the cell says category c, else 0. */
  record Categorical(String name, List<String> categories) implements Column {
    @Override
    public List<String> features() {
      return categories.stream().map(category -> name + "=" + category).toList();
    }

    @Override
    public int width() {
      return categories.size();
    }

    @Override
    public double read(Table table, Table.Row row) {
      return position(table, row, name, categories);
    }

    @Override
    public void encode(double value, float[] x, int at) {
      for (int c = 0; c < categories.size(); c++) {
        x[at + c] = c == value ? 1 : 0;
      }
    }

    /** The first largest of the block. */
    @Override
    public double decode(float[] x, int at) {
      int best = 0;
      for (int c = 1; c < categories.size(); c++) {
        best = x[at + c] > x[at + best] ? c : best;
      }
      return best;
    }
  }

  /** Learns a column from the training rows. */
  static Column learn(Table train, String name, boolean categorical) {
    return categorical ? new Categorical(name, distinct(train, name)) : numeric(train, name);
  }

  private static Numeric numeric(Table train, String name) {
    var index = train.index(name);
    var values = train.rows().stream().mapToDouble(row -> train.number(row, index)).toArray();
    var first = values[0];
    if (Arrays.stream(values).allMatch(value -> value == first)) {
      return new Numeric(name, first, 1); // exactly: a rounded mean would leave a tiny deviation
    }
    var sum = 0.0;
    for (var value : values) {
      sum += value;
    }
    var mean = sum / values.length;
    var squares = 0.0;
    for (var value : values) {
      squares += (value - mean) * (value - mean);
    }
    var sd = Math.sqrt(squares / values.length);
    return new Numeric(name, mean, sd > 0 ? sd : 1);
  }

  /** The different values of a column: by size if all are numbers, else by alphabet. */
  static List<String> distinct(Table table, String name) {
    var index = table.index(name);
    var values = table.rows().stream().map(row -> table.text(row, index)).distinct().toList();
    var alphabet = Comparator.<String>naturalOrder();
    return values.stream()
        .sorted(
            values.stream().allMatch(Table::isNumber)
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(alphabet)
                : alphabet)
        .toList();
  }

  /** All of a few names, the first of many. */
  private static String some(List<String> names) {
    return names.size() <= MOST_SHOWN
        ? names.toString()
        : "%s and %d more".formatted(names.subList(0, MOST_SHOWN), names.size() - MOST_SHOWN);
  }

  /** Which of the known values a cell has; refused if none. */
  static int position(Table table, Table.Row row, String name, List<String> known) {
    var text = table.text(row, table.index(name));
    var position = known.indexOf(text);
    if (position < 0) {
      throw new IllegalArgumentException(
          ("%s, row %d, column \"%s\": \"%s\" does not occur in the training rows, which have %s;"
                  + " remove the row or add others like it")
              .formatted(table.source(), row.number(), name, text, some(known)));
    }
    return position;
  }
}
