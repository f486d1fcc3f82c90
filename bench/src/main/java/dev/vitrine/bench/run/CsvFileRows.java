package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Column;
import dev.vitrine.nn.data.CsvRows;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Table;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rows of a CSV file, encoded as the training rows were. Columns are found by name; those that the
 * model doesn't take, such as the label, may be there or not.
 */
final class CsvFileRows implements Rows {
  /** Rows that are text at a time: cells take some twenty times the bytes of their numbers. */
  private static final int TOGETHER = 256;

  private final Path file;
  private final Encoding encoding;
  private final Shape shape;
  private CsvRows in;

  private CsvFileRows(Path file, Encoding encoding, int count, CsvRows in) {
    this.file = file;
    this.encoding = encoding;
    this.in = in;
    shape = Shape.of(count, encoding.width());
  }

  /** Counts the rows, each of which must have its cells. */
  static CsvFileRows of(Path file, Encoding encoding) throws IOException {
    int count;
    try (CsvRows all = CsvRows.open(file)) {
      Table names = all.next(0);
      encoding.columns().stream().map(Column::name).forEach(names::index);
      count = all.skip(Integer.MAX_VALUE);
    }
    return new CsvFileRows(file, encoding, count, CsvRows.open(file));
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Tensor read(int from, int to, Memory memory) throws IOException {
    if (from < in.at()) {
      in.close();
      in = CsvRows.open(file);
    }
    in.skip(from - in.at());
    Tensor x = memory.floats(shape.with(0, to - from));
    for (int at = 0; at < to - from; ) {
      Table some = in.next(Math.min(TOGETHER, to - from - at));
      int count = some.rows().size();
      if (count == 0) {
        throw new IOException(
            "%s: it had %d rows and has %d now; the same command goes on with the file as it is"
                .formatted(file, shape.dim(0), in.at()));
      }
      Tensor encoded = encoding.inputs(some);
      x.rows(at, at + count).set(encoded);
      encoded.owner().close();
      at += count;
    }
    return x;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
