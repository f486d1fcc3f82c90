package dev.vitrine.xai.spark;

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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.roaringbitmap.RoaringBitmap;

/**
 * The row numbers of a data frame, in a bit each or less: united in any order they are the same.
 *
 * @param count how many rows there are; more than there are numbers, if one occurs twice
 */
record Numbers(long count, RoaringBitmap set) {
  static final Numbers NONE = new Numbers(0, new RoaringBitmap());

  /** Reads the column of numbers alone. */
  static Numbers of(Dataset<Row> rows, String id) {
    Dataset<Row> column = rows.select(id);
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
      while (rows.hasNext()) {
        set.add(number.of(rows.next()));
        count++;
      }
      return List.of(new Numbers(count, set).bytes()).iterator();
    }
  }

  private static final class United implements Function2<byte[], byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] call(byte[] a, byte[] b) {
      Numbers these = read(a);
      Numbers those = read(b);
      return new Numbers(these.count + those.count, RoaringBitmap.or(these.set, those.set)).bytes();
    }
  }

  private byte[] bytes() {
    set.runOptimize();
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(count);
      set.serialize(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Numbers read(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long count = in.readLong();
      var set = new RoaringBitmap();
      set.deserialize(in);
      return new Numbers(count, set);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
