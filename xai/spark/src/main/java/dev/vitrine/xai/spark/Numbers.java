package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/**
 * The row numbers of a data frame, in a bit each or less: united in any order they are the same.
 *
 * @param count how many rows there are; more than there are numbers, if one occurs twice
 * @param most rows of the largest partition
 * @param marked how many rows are of the kind that was asked for too
 */
record Numbers(long count, long most, long marked, RoaringBitmap set) {
  static final Numbers NONE = new Numbers(0, 0, 0, new RoaringBitmap());

  /** Reads the column of numbers alone. */
  static Numbers of(Dataset<Row> rows, String id) {
    return of(rows, id, lit(false));
  }

  /** Counts the rows of which {@code mark} is true, too. */
  static Numbers of(Dataset<Row> rows, String id, Column mark) {
    Dataset<Row> column = rows.select(col(id), mark);
    return united(SparkRow.each(column, new OfPartition(RowNumber.of(column.schema(), id))));
  }

  /** Of {@link #bytes} of each partition. */
  static Numbers united(JavaRDD<byte[]> partitions) {
    return read(partitions.fold(NONE.bytes(), new United()));
  }

  /** These and those. */
  Numbers and(Numbers those) {
    return new Numbers(
        count + those.count,
        Math.max(most, those.most),
        marked + those.marked,
        RoaringBitmap.or(set, those.set));
  }

  /** How many different numbers there are. */
  long different() {
    return set.getLongCardinality();
  }

  private record OfPartition(RowNumber number) implements SparkRow.Task<byte[]> {
    @Override
    public Iterator<byte[]> of(Iterator<Row> rows) {
      var count = new Count();
      while (rows.hasNext()) {
        Row row = rows.next();
        count.add(number.of(row), row.getBoolean(1));
      }
      return List.of(count.numbers().bytes()).iterator();
    }
  }

  /** Counts the rows of a task. */
  static final class Count {
    private final RoaringBitmapWriter<RoaringBitmap> set =
        RoaringBitmapWriter.writer().doPartialRadixSort().get();
    private long rows;
    private long marked;

    void add(int number, boolean mark) {
      set.add(number);
      rows++;
      marked += mark ? 1 : 0;
    }

    Numbers numbers() {
      return new Numbers(rows, rows, marked, set.get());
    }
  }

  private static final class United implements Function2<byte[], byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] call(byte[] a, byte[] b) {
      return read(a).and(read(b)).bytes();
    }
  }

  byte[] bytes() {
    set.runOptimize();
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(count);
      out.writeLong(most);
      out.writeLong(marked);
      set.serialize(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Numbers read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long count = in.readLong();
      long most = in.readLong();
      long marked = in.readLong();
      var set = new RoaringBitmap();
      set.deserialize(in);
      return new Numbers(count, most, marked, set);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
