package dev.vitrine.nn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** From a file to a {@link Table}: every row has as many cells as there are columns. */
final class CsvReader {
  private final Path file;
  private final String name;

  private CsvReader(Path file) {
    this.file = file;
    name = String.valueOf(file.getFileName());
  }

  static Table read(Path file, Csv csv) throws IOException {
    var reader = new CsvReader(file);
    var lines = reader.lines(csv.delimiter());
    if (lines.isEmpty()) {
      throw reader.broken(CsvLines.EMPTY);
    }
    return switch (csv.firstLine()) {
      case NAMES -> reader.table(lines.getFirst(), lines.subList(1, lines.size()), List.of());
      case ROW -> reader.table(unnamed(lines.getFirst().size()), lines, List.of());
      case COUNTS_AND_CLASSES -> reader.counted(lines.getFirst(), lines.subList(1, lines.size()));
    };
  }

  private List<List<String>> lines(char delimiter) throws IOException {
    try (var in = CsvLines.of(file, delimiter)) {
      var lines = new ArrayList<List<String>>();
      for (var line = in.next(); line != null; line = in.next()) {
        lines.add(line);
      }
      return lines;
    }
  }

  private static List<String> unnamed(int count) {
    return IntStream.range(0, count).mapToObj(i -> "x" + i).toList();
  }

  private Table counted(List<String> first, List<List<String>> lines) throws IOException {
    int rows;
    int inputs;
    try {
      rows = Integer.parseInt(first.get(0));
      inputs = Integer.parseInt(first.get(1));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw broken("its first line must be: rows, columns, class names; it is " + first);
    }
    if (lines.size() != rows) {
      throw broken("it announces %d rows and has %d".formatted(rows, lines.size()));
    }
    if (lines.isEmpty() || lines.getFirst().size() != inputs + 1) {
      throw broken("it announces %d columns and a class, its rows differ".formatted(inputs));
    }
    var classes = first.subList(2, first.size());
    var columns = Stream.concat(unnamed(inputs).stream(), Stream.of("class")).toList();
    return table(columns, lines, classes);
  }

  private Table table(List<String> columns, List<List<String>> lines, List<String> classes)
      throws IOException {
    CsvLines.checkColumns(file, columns);
    var rows = new ArrayList<Table.Row>();
    for (var cells : lines) {
      var number = rows.size() + 1;
      CsvLines.checkRow(file, columns, cells, number);
      rows.add(new Table.Row(number, classes.isEmpty() ? cells : classed(cells, number, classes)));
    }
    return new Table(name, columns, rows, classes);
  }

  /** The row with the number of its class replaced by the name. */
  private List<String> classed(List<String> cells, int number, List<String> classes)
      throws IOException {
    var index = classes.size();
    try {
      index = Integer.parseInt(cells.getLast());
    } catch (NumberFormatException e) {
      // Stays out of range: reported below like any other wrong number.
    }
    if (index < 0 || index >= classes.size()) {
      throw broken(
          "row %d: class \"%s\" must be a number from 0 to %d (%s)"
              .formatted(number, cells.getLast(), classes.size() - 1, classes));
    }
    var named = new ArrayList<>(cells);
    named.set(cells.size() - 1, classes.get(index));
    return named;
  }

  private IOException broken(String why) {
    return CsvLines.broken(file, why);
  }
}
