package dev.vitrine.nn.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;

/** From a file to a {@link Table}: every row has as many cells as there are columns. */
final class CsvReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

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
      throw reader.broken("it is empty; a line of column names and rows of cells are needed");
    }
    return switch (csv.firstLine()) {
      case NAMES -> reader.table(lines.getFirst(), lines.subList(1, lines.size()), List.of());
      case ROW -> reader.table(unnamed(lines.getFirst().size()), lines, List.of());
      case COUNTS_AND_CLASSES -> reader.counted(lines.getFirst(), lines.subList(1, lines.size()));
    };
  }

  private List<List<String>> lines(char delimiter) throws IOException {
    var format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    var utf8 = StandardCharsets.UTF_8.newDecoder(); // refuses what is not UTF-8
    try (var in = unpacked();
        var parser = format.parse(new InputStreamReader(in, utf8))) {
      var lines = new ArrayList<List<String>>();
      for (var line : parser) {
        lines.add(line.stream().toList());
      }
      if (!lines.isEmpty() && lines.getFirst().getFirst().startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, withoutMark(lines.getFirst()));
      }
      return lines;
    } catch (UncheckedIOException e) {
      throw unreadable(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private IOException unreadable(IOException e) {
    return switch (e) {
      case CharacterCodingException _ -> broken("it is not UTF-8 text; convert it");
      case NoSuchFileException _ -> broken("there is no such file");
      case EOFException _ -> broken("it cannot be read (it ends too early); get the whole file");
      default -> broken("it cannot be read (" + e.getMessage() + ")");
    };
  }

  private static List<String> withoutMark(List<String> line) {
    var first = line.getFirst().substring(BYTE_ORDER_MARK.length());
    return Stream.concat(Stream.of(first), line.stream().skip(1)).toList();
  }

  private InputStream unpacked() throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file));
    return name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
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
    var seen = new HashSet<String>();
    for (var column : columns) {
      if (column.isEmpty() || !seen.add(column)) {
        throw broken(
            "column names must be present and differ, \"%s\" does not; mend the first line"
                .formatted(column));
      }
    }
    var rows = new ArrayList<Table.Row>();
    for (var cells : lines) {
      var number = rows.size() + 1;
      if (cells.size() != columns.size()) {
        throw broken(
            "row %d has %d cells, there are %d columns (%s to %s); complete the row or remove it"
                .formatted(
                    number, cells.size(), columns.size(), columns.getFirst(), columns.getLast()));
      }
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
    return new IOException(file + ": " + why);
  }
}
