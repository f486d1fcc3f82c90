package dev.vitrine.nn.data;

import dev.vitrine.tensor.Philox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of cells under named columns, as text: what a CSV file says before anything is made of it.
 *
 * @param source name of the file, for messages
 * @param classes names of the classes in their order, if the file declares them; else empty
 */
public record Table(String source, List<String> columns, List<Row> rows, List<String> classes) {

  /** Cells in the order of the columns; {@code number} counts the file's rows from 1. */
  public record Row(int number, List<String> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /** Possessive: a cell of a million digits and a letter must not be tried in 10¹² ways. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][+-]?+\\d++)?+");

  private static final Pattern MISSING =
      Pattern.compile("|\\?|n/?a|nan|null", Pattern.CASE_INSENSITIVE);

  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    classes = List.copyOf(classes);
  }

  /** Reads a UTF-8 file, packed by gzip if its name ends in {@code .gz}. */
  public static Table read(Path file, Csv csv) throws IOException {
    return CsvReader.read(file, csv);
  }

  /** Position of a column. */
  public int index(String column) {
    var index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException(
          "%s has no column \"%s\"; it has %s".formatted(source, column, columns));
    }
    return index;
  }

  /** Name of a column; negative positions count from the end, so −1 is the last one. */
  public String column(int index) {
    var at = index < 0 ? index + columns.size() : index;
    if (at < 0 || at >= columns.size()) {
      throw new IllegalArgumentException(
          "%s has no column %d; it has %d".formatted(source, index, columns.size()));
    }
    return columns.get(at);
  }

  /** These columns only, in this order. */
  public Table select(List<String> names) {
    var from = names.stream().mapToInt(this::index).toArray();
    var cut =
        rows.stream()
            .map(row ->
                new Row(row.number(), Arrays.stream(from).mapToObj(row.cells()::get).toList()))
            .toList();
    return new Table(source, names, cut, classes);
  }

  /** The same columns under other names. */
  public Table renamed(List<String> names) {
    if (names.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%s: %d names given for %d columns".formatted(source, names.size(), columns.size()));
    }
    return new Table(source, names, rows, classes);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive), counted from 0. */
  public Table slice(int from, int to) {
    if (from < 0 || from > to || to > rows.size()) {
      throw new IndexOutOfBoundsException(
          "%s: rows %d to %d, there are %d".formatted(source, from, to, rows.size()));
    }
    return new Table(source, columns, rows.subList(from, to), classes);
  }

  /** The rows in an order that the seed decides. */
  public Table shuffled(long seed) {
    var order = Philox.permutation(seed, Streams.SHUFFLED_TABLE, 0, rows.size());
    var shuffled = Arrays.stream(order).mapToObj(rows::get).toList();
    return new Table(source, columns, shuffled, classes);
  }

  /** What a cell says; a missing value (nothing, ?, NA, NaN, null) is refused. */
  public String text(Row row, int column) {
    var cell = row.cells().get(column);
    if (MISSING.matcher(cell).matches()) {
      throw refused(row, column, "has no value; fill it in or remove the row");
    }
    return cell;
  }

  /** The number in a cell; refused unless it is one that float32 can hold. */
  public double number(Row row, int column) {
    var cell = text(row, column);
    if (!isNumber(cell)) {
      throw refused(row, column, "is not a number; correct it, or declare the column categorical");
    }
    var value = Double.parseDouble(cell);
    if (Math.abs(value) > Float.MAX_VALUE) {
      throw refused(row, column, "is beyond the range of float32; rescale the column");
    }
    return value;
  }

  static boolean isNumber(String cell) {
    return NUMBER.matcher(cell).matches();
  }

  private IllegalArgumentException refused(Row row, int column, String why) {
    return new IllegalArgumentException(
        "%s, row %d, column \"%s\": \"%s\" %s"
            .formatted(source, row.number(), columns.get(column), row.cells().get(column), why));
  }
}
