package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import dev.vitrine.xai.global.AttributionSummary;
import dev.vitrine.xai.global.AttributionSummary.Means;
import dev.vitrine.xai.global.Tally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import scala.collection.Seq;

/**
 * Means over explained rows, of all and of groups of them. Each task adds up its rows exactly, so
 * how they are partitioned and which task ends first changes no bit.
 */
public final class Tallies {
  private Tallies() {}

  /** What one machine says of the same rows: of all, and by explained class. */
  public static AttributionSummary summary(Dataset<Row> explained) {
    SortedMap<String, Tally> classes = of(answered(explained), col("target"), col("attribution"));
    var byClass = new TreeMap<Integer, Means>();
    classes.forEach((c, tally) -> byClass.put(Integer.valueOf(c), tally.means()));
    Tally all =
        classes.values().stream()
            .reduce((these, those) -> {
              these.add(those);
              return these;
            })
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no row has an attribution: a mean needs at least one"));
    return new AttributionSummary(all.means(), byClass);
  }

  /** Means of the attributions of each slice: of rows that share what {@code slice} says. */
  public static SortedMap<String, Means> attributions(Dataset<Row> explained, Column slice) {
    return means(of(answered(explained), slice, col("attribution")));
  }

  /** Means of the metrics, and of what else the method reports; a NaN is no number of its row. */
  public static SortedMap<String, Means> figures(Dataset<Row> explained) {
    Dataset<Row> each =
        answered(explained).select(explode(col("figures"))).where("not isnan(value)");
    return means(of(each, col("key"), array(col("value"))));
  }

  /** Means of arrays, such as the curves of {@link DependenceJob}. */
  public static Means means(Dataset<Row> rows, Column values) {
    Means means = means(of(rows, lit("all"), values)).get("all");
    if (means == null) {
      throw new IllegalArgumentException("no rows: a mean needs at least one");
    }
    return means;
  }

  private static Dataset<Row> answered(Dataset<Row> explained) {
    return explained.where(col("reason").isNull());
  }

  private static SortedMap<String, Means> means(SortedMap<String, Tally> tallies) {
    var means = new TreeMap<String, Means>();
    tallies.forEach((group, tally) -> means.put(group, tally.means()));
    return means;
  }

  private static SortedMap<String, Tally> of(Dataset<Row> rows, Column group, Column values) {
    Dataset<Row> grouped = rows.select(group.cast("string"), values);
    Dataset<byte[]> parts = grouped.mapPartitions(new OfPartition(), Encoders.BINARY());
    return read(parts.javaRDD().fold(bytes(new TreeMap<>()), new United()));
  }

  private static final class OfPartition implements MapPartitionsFunction<Row, byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) {
      var groups = new TreeMap<String, Tally>();
      while (rows.hasNext()) {
        Row r = rows.next();
        Seq<?> values = r.getSeq(1);
        double[] row = new double[values.length()];
        var each = values.iterator();
        for (int j = 0; j < row.length; j++) {
          row[j] = ((Number) each.next()).doubleValue();
        }
        groups.computeIfAbsent(String.valueOf(r.get(0)), _ -> new Tally(row.length)).add(row);
      }
      return List.of(bytes(groups)).iterator();
    }
  }

  private static final class United implements Function2<byte[], byte[], byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] call(byte[] a, byte[] b) {
      SortedMap<String, Tally> all = read(a);
      read(b)
          .forEach((group, tally) ->
              all.merge(
                  group,
                  tally,
                  (these, those) -> {
                    these.add(those);
                    return these;
                  }));
      return bytes(all);
    }
  }

  private static byte[] bytes(SortedMap<String, Tally> groups) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(groups.size());
      for (var g : groups.entrySet()) {
        out.writeUTF(g.getKey());
        g.getValue().write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static SortedMap<String, Tally> read(byte[] bytes) {
    var groups = new TreeMap<String, Tally>();
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int n = in.readInt();
      for (int i = 0; i < n; i++) {
        groups.put(in.readUTF(), Tally.read(in));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups;
  }
}
