package dev.vitrine.xai.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a batch as Parquet, one page each. In a batch all rows have a value or none has one,
 * and lists are of one length: so the levels that say where values and lists begin are runs and one
 * pattern of bits, and numbers are copied as they lie in memory. Parquet's own writers take them
 * one by one, which takes half as long as a small model's explanation does.
 *
 * @param rows of the batch
 */
record ColumnPages(ParquetFileWriter file, BytesInputCompressor compressor, int rows) {
  /** A page of values: how many there are, their bytes, and between which bounds, if known. */
  private record Values(
      int count, BytesInput bytes, Encoding encoding, @Nullable Statistics<?> bounds) {
    static Values plain(int count, byte[] bytes) {
      return new Values(count, BytesInput.from(bytes), Encoding.PLAIN, null);
    }

    Values within(Statistics<?> known) {
      return new Values(count, bytes, encoding, known);
    }
  }

  /**
   * Writes a column.
   *
   * @param leaves one, or two for a map
   * @param values see {@link Answer#of}
   */
  void write(List<ColumnDescriptor> leaves, @Nullable Object values) throws IOException {
    ColumnDescriptor column = leaves.getFirst();
    switch (values) {
      case null -> absent(leaves);
      case float[] v -> present(column, floats(v));
      case int[] v -> present(column, ints(v).within(bounds(column, v)));
      case long[] v -> present(column, longs(v).within(bounds(column, v)));
      case boolean[] v -> present(column, booleans(v));
      case String[] v -> present(column, strings(v));
      case String v -> same(column, v);
      case SortedMap<?, ?> v -> {
        present(column, strings(keys(v.keySet().toArray(String[]::new))));
        present(leaves.getLast(), doubles(v.values().toArray(double[][]::new)));
      }
      default -> throw new IllegalArgumentException("no page of " + values.getClass());
    }
  }

  private static Values floats(float[] values) {
    ByteBuffer bytes = little(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return Values.plain(values.length, bytes.array());
  }

  private static Values ints(int[] values) {
    ByteBuffer bytes = little(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return Values.plain(values.length, bytes.array());
  }

  private static Values longs(long[] values) {
    ByteBuffer bytes = little(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return Values.plain(values.length, bytes.array());
  }

  /** The first of each column, the second of each, and so on. */
  private static Values doubles(double[]... columns) {
    int rows = columns[0].length;
    ByteBuffer bytes = little(rows * columns.length, Double.BYTES);
    for (int i = 0; i < rows; i++) {
      for (double[] column : columns) {
        bytes.putDouble(column[i]);
      }
    }
    return Values.plain(rows * columns.length, bytes.array());
  }

  private String[] keys(String... ofRow) {
    String[] all = new String[rows * ofRow.length];
    Arrays.setAll(all, i -> ofRow[i % ofRow.length]);
    return all;
  }

  private static ByteBuffer little(int numbers, int bytes) {
    return ByteBuffer.allocate(Math.multiplyExact(numbers, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Values booleans(boolean[] values) {
    byte[] bits = new byte[Math.ceilDiv(values.length, Byte.SIZE)];
    for (int i = 0; i < values.length; i++) {
      if (values[i]) {
        bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
      }
    }
    return Values.plain(values.length, bits);
  }

  private static Values strings(String... values) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (String v : values) {
      byte[] utf8 = v.getBytes(StandardCharsets.UTF_8);
      BytesUtils.writeIntLittleEndian(bytes, utf8.length);
      bytes.write(utf8);
    }
    return Values.plain(values.length, bytes.toByteArray());
  }

  /** One entry in a dictionary, and a run of its number. */
  private void same(ColumnDescriptor column, String value) throws IOException {
    BytesInput entry = strings(value).bytes();
    int size = Math.toIntExact(entry.size());
    byte[] bitsOfNumber = {1};
    BytesInput numbers = BytesInput.concat(BytesInput.from(bitsOfNumber), run(rows, 0));
    file.startColumn(column, rows, compressor.getCodecName());
    file.writeDictionaryPage(
        new DictionaryPage(compressor.compress(entry), size, 1, Encoding.PLAIN));
    page(column, true, new Values(rows, numbers, Encoding.RLE_DICTIONARY, null));
    file.endColumn();
  }

  private void present(ColumnDescriptor column, Values values) throws IOException {
    file.startColumn(column, values.count(), compressor.getCodecName());
    page(column, true, values);
    file.endColumn();
  }

  private void absent(List<ColumnDescriptor> leaves) throws IOException {
    for (ColumnDescriptor leaf : leaves) {
      file.startColumn(leaf, rows, compressor.getCodecName());
      page(leaf, false, Values.plain(rows, new byte[0]));
      file.endColumn();
    }
  }

  private void page(ColumnDescriptor column, boolean present, Values values) throws IOException {
    int count = values.count();
    int most = column.getMaxDefinitionLevel();
    BytesInput starts = column.getMaxRepetitionLevel() == 0 ? none() : sized(starts(count));
    BytesInput defined = most == 0 ? none() : sized(run(count, present ? most : 0));
    BytesInput all = BytesInput.concat(starts, defined, values.bytes());
    int size = Math.toIntExact(all.size());
    file.writeDataPage(
        count,
        size,
        compressor.compress(all),
        statistics(column, present, values),
        rows,
        Encoding.RLE,
        Encoding.RLE,
        values.encoding());
  }

  /** By which readers leave batches out: of whole numbers, among them the rows' own. */
  private static Statistics<?> bounds(ColumnDescriptor column, int... values) {
    Statistics<?> bounds = Statistics.createStats(column.getPrimitiveType());
    for (int v : values) {
      bounds.updateStats(v);
    }
    return bounds;
  }

  private static Statistics<?> bounds(ColumnDescriptor column, long... values) {
    Statistics<?> bounds = Statistics.createStats(column.getPrimitiveType());
    for (long v : values) {
      bounds.updateStats(v);
    }
    return bounds;
  }

  private Statistics<?> statistics(ColumnDescriptor column, boolean present, Values values) {
    var unknown = Statistics.getBuilderForReading(column.getPrimitiveType());
    if (!present) {
      return unknown.withNumNulls(rows).build();
    }
    return values.bounds() == null ? unknown.build() : values.bounds();
  }

  /** A bit for each value: 0 where a row begins. */
  private BytesInput starts(int count) {
    int groups = Math.ceilDiv(count, Byte.SIZE);
    byte[] bits = new byte[groups];
    Arrays.fill(bits, (byte) ~0);
    for (int i = 0; i < count; i += count / rows) {
      bits[i / Byte.SIZE] &= (byte) ~(1 << i % Byte.SIZE);
    }
    return BytesInput.concat(BytesInput.fromUnsignedVarInt(groups << 1 | 1), BytesInput.from(bits));
  }

  /** The same level or number again and again. */
  private static BytesInput run(int count, int value) {
    byte[] once = {(byte) value};
    return BytesInput.concat(BytesInput.fromUnsignedVarInt(count << 1), BytesInput.from(once));
  }

  private static BytesInput none() {
    return BytesInput.empty();
  }

  private static BytesInput sized(BytesInput levels) {
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
  }
}
