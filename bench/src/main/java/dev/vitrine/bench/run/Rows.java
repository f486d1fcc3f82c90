package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/** Rows x[n, …], of which only a part is in memory at a time. */
public sealed interface Rows extends AutoCloseable permits NpyRows, CsvFileRows, Rows.Loaded {
  /** Where they come from, for messages. */
  String name();

  /** All of them, [n, …]. */
  Shape shape();

  /** Rows {@code from} (inclusive) to {@code to} (exclusive); fastest in ascending order. */
  Tensor read(int from, int to, Memory memory) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens a .npy file, float32 [n, …] as the model takes them, or a .csv file, whose cells become
   * numbers as those of the training data did. Refuses rows that are not like {@code known}'s.
   */
  static Rows of(Path file, Split known) throws IOException {
    String name = file.toString();
    Shape row = known.train().inputs().shape();
    if (name.endsWith(".npy")) {
      return NpyRows.of(file, row);
    }
    Encoding encoding = known.encoding();
    if (!name.endsWith(".csv") && !name.endsWith(".csv.gz")) {
      throw new IllegalArgumentException("--input " + file + ": a .npy or a .csv file is needed");
    }
    if (encoding == null) {
      throw new IllegalArgumentException(
          "--input %s: rows of %s are no table; write them to a .npy file, float32 %s"
              .formatted(file, known.train().name(), row.with(0, 1)));
    }
    return CsvFileRows.of(file, encoding);
  }

  /** Refuses what is no number, by its row. */
  static void refuseInfinite(String name, int from, Tensor x) {
    long size = x.size() / x.shape().dim(0);
    for (long i = 0; i < x.size(); i++) {
      if (!Float.isFinite(x.at(i))) {
        throw new IllegalArgumentException(
            "%s, row %d (the first is 0): input %d is %s; repair the row, the same command goes on"
                .formatted(name, from + i / size, i % size, x.at(i)));
      }
    }
  }

  /** Rows that are in memory. */
  record Loaded(Dataset data) implements Rows {
    @Override
    public String name() {
      return data.name();
    }

    @Override
    public Shape shape() {
      return data.inputs().shape();
    }

    @Override
    public Tensor read(int from, int to, Memory memory) {
      Tensor some = data.inputs().rows(from, to);
      return memory.floats(some.shape()).set(some);
    }

    @Override
    public void close() {}
  }
}
