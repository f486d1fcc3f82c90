package dev.vitrine.nn.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The lines of a CSV file as cells, one after the other; what can't be read is refused by name. */
final class CsvLines implements AutoCloseable {
  static final String EMPTY = "it is empty; a line of column names and rows of cells are needed";

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final InputStream in;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private boolean first = true;

  private CsvLines(Path file, InputStream in, CSVParser parser) {
    this.file = file;
    this.in = in;
    this.parser = parser;
    records = parser.iterator();
  }

  static CsvLines of(Path file, char delimiter) throws IOException {
    var format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();
    var utf8 = StandardCharsets.UTF_8.newDecoder(); // refuses what is not UTF-8
    try {
      var in = unpacked(file);
      try {
        return new CsvLines(file, in, format.parse(new Text(new InputStreamReader(in, utf8))));
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** No text has zero characters: another kind of file has, and a device that never ends. */
  private static final class Text extends FilterReader {
    Text(Reader in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      refuseZero(c);
      return c;
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
      int count = super.read(into, from, most);
      for (int i = from; i < from + count; i++) {
        refuseZero(into[i]);
      }
      return count;
    }

    private static void refuseZero(int c) throws IOException {
      if (c == 0) {
        throw new MalformedInputException(1);
      }
    }
  }

  private static InputStream unpacked(Path file) throws IOException {
    var raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** The cells of the next line that is not empty; null at the end of the file. */
  @Nullable List<String> next() throws IOException {
    try {
      if (!records.hasNext()) {
        return null;
      }
      var line = records.next().stream().toList();
      var marked = first && line.getFirst().startsWith(BYTE_ORDER_MARK);
      first = false;
      return marked ? withoutMark(line) : line;
    } catch (UncheckedIOException e) {
      throw unreadable(file, Objects.requireNonNull(e.getCause()));
    }
  }

  private static List<String> withoutMark(List<String> line) {
    var first = line.getFirst().substring(BYTE_ORDER_MARK.length());
    return Stream.concat(Stream.of(first), line.stream().skip(1)).toList();
  }

  private static IOException unreadable(Path file, IOException e) {
    return broken(
        file,
        switch (e) {
          case CharacterCodingException _ -> "it is not UTF-8 text; convert it";
          case NoSuchFileException _ -> "there is no such file";
          case EOFException _ -> "it cannot be read (it ends too early); get the whole file";
          default -> "it cannot be read (" + e.getMessage() + ")";
        });
  }

  /** Refuses names of columns that are empty or not different. */
  static void checkColumns(Path file, List<String> columns) throws IOException {
    var seen = new HashSet<String>();
    for (var column : columns) {
      if (column.isEmpty() || !seen.add(column)) {
        throw broken(
            file,
            "column names must be present and differ, \"%s\" does not; mend the first line"
                .formatted(column));
      }
    }
  }

  /** Refuses a row that has not a cell for each column. */
  static void checkRow(Path file, List<String> columns, List<String> cells, int number)
      throws IOException {
    if (cells.size() != columns.size()) {
      throw broken(
          file,
          "row %d has %d cells, there are %d columns (%s to %s); complete the row or remove it"
              .formatted(
                  number, cells.size(), columns.size(), columns.getFirst(), columns.getLast()));
    }
  }

  static IOException broken(Path file, String why) {
    return new IOException(file + ": " + why);
  }

  @Override
  public void close() throws IOException {
    parser.close();
    in.close();
  }
}
