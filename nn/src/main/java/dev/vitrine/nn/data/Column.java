package dev.vitrine.nn.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What an input column of a table becomes: one standardised number, or a one-hot block. */
public sealed interface Column {
  /** How many values an error lists. */
  int MOST_SHOWN = 10;

  /** Name of the table's column. */
  String name();

  /** Names of the numbers it becomes. */
  List<String> features();

  /** How many numbers that is. */
  int width();

  /** Writes the numbers of one row from {@code x[at]} on. */
  void encode(Table table, Table.Row row, float[] x, int at);

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
    public void encode(Table table, Table.Row row, float[] x, int at) {
      x[at] = (float) ((table.number(row, table.index(name)) - mean) / sd);
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
    public void encode(Table table, Table.Row row, float[] x, int at) {
      x[at + position(table, row, name, categories)] = 1;
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
