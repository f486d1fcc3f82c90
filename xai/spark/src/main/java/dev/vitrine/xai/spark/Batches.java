package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.ShardedExplanations;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The rows of a task, some at a time; a row that is no numbers is refused by its number. */
final class Batches implements Iterator<Batches.Batch> {
  private final Iterator<Row> rows;
  private final RowNumber number;
  private final Features.Reader reader;
  private final Shape row;
  private final int most;

  /** Rows [n, …] and their numbers. */
  record Batch(int[] numbers, Tensor x, List<Row> rows) {}

  Batches(Iterator<Row> rows, StructType schema, Features features, String id) {
    this.rows = rows;
    number = RowNumber.of(schema, id);
    reader = features.of(schema);
    row = features.shape();
    most = ShardedExplanations.usualShard(row.insert(0, 1));
  }

  @Override
  public boolean hasNext() {
    return rows.hasNext();
  }

  @Override
  public Batch next() {
    int width = Math.toIntExact(row.size());
    float[] x = new float[Math.multiplyExact(most, width)];
    int[] numbers = new int[most];
    List<Row> some = new ArrayList<>();
    while (some.size() < most && rows.hasNext()) {
      Row next = rows.next();
      int n = some.size();
      numbers[n] = number.of(next);
      String wrong = reader.read(next, x, n * width);
      if (wrong != null) {
        throw new IllegalArgumentException(
            "row %d: %s; leave it out or repair it".formatted(numbers[n], wrong));
      }
      some.add(next);
    }
    int n = some.size();
    Tensor all = Tensor.of(row.insert(0, n), Arrays.copyOf(x, n * width));
    return new Batch(Arrays.copyOf(numbers, n), all, some);
  }
}
