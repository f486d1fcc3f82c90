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
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;

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
    RowNumber.of(column.schema(), id);
    Dataset<byte[]> parts = column.mapPartitions(new OfPartition(id), Encoders.BINARY());
    return read(parts.javaRDD().fold(NONE.bytes(), new United()));
  }

  /** How many different numbers there are. */
  long different() {
    return set.getLongCardinality();
  }

  private record OfPartition(String id) implements MapPartitionsFunction<Row, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
      var number = new RowNumber(id, 0);
      var set = new RoaringBitmap();
      long count = 0;
      long marked = 0;
      while (rows.hasNext()) {
        Row row = rows.next();
        set.add(number.of(row));
        count++;
        marked += row.getBoolean(1) ? 1 : 0;
      }
      return List.of(new Numbers(count, count, marked, set).bytes()).iterator();
    }
  }

  private static final class United implements Function2<byte[], byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] call(byte[] a, byte[] b) {
      Numbers these = read(a);
      Numbers those = read(b);
      return new Numbers(
              these.count + those.count,
              Math.max(these.most, those.most),
              these.marked + those.marked,
              RoaringBitmap.or(these.set, those.set))
          .bytes();
    }
  }

  private byte[] bytes() {
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
