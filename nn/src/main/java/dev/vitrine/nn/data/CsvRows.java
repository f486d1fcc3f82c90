package dev.vitrine.nn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file whose first line names the columns, some at a time: memory does not grow
 * with the file.
 */
public final class CsvRows implements AutoCloseable {
  private final Path file;
  private final CsvLines lines;
  private final List<String> columns;
  private int read;

  private CsvRows(Path file, CsvLines lines, List<String> columns) {
    this.file = file;
    this.lines = lines;
    this.columns = columns;
  }

  /** Reads the first line of a UTF-8 file, packed by gzip if its name ends in {@code .gz}. */
  public static CsvRows open(Path file) throws IOException {
    var lines = CsvLines.of(file, ',');
    try {
      var columns = lines.next();
      if (columns == null) {
        throw CsvLines.broken(file, CsvLines.EMPTY);
      }
      CsvLines.checkColumns(file, columns);
      return new CsvRows(file, lines, columns);
    } catch (IOException e) {
      lines.close();
      throw e;
    }
  }

  /** How many rows were read or skipped. */
  public int at() {
    return read;
  }

  /** The next rows, fewer at the end of the file. */
  public Table next(int most) throws IOException {
    var rows = new ArrayList<Table.Row>();
    while (rows.size() < most) {
      var cells = cells();
      if (cells == null) {
        break;
      }
      rows.add(new Table.Row(read, cells));
    }
    return new Table(String.valueOf(file.getFileName()), columns, rows, List.of());
  }

  /** Passes over as many rows, which need their cells all the same; gives how many there were. */
  public int skip(int most) throws IOException {
    var skipped = 0;
    while (skipped < most && cells() != null) {
      skipped++;
    }
    return skipped;
  }

  private @Nullable List<String> cells() throws IOException {
    var cells = lines.next();
    if (cells != null) {
      CsvLines.checkRow(file, columns, cells, ++read);
    }
    return cells;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
