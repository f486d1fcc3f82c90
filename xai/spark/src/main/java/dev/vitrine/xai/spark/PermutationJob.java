package dev.vitrine.xai.spark;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.global.ExactSum;
import dev.vitrine.xai.global.MeanScore;
import dev.vitrine.xai.global.PermutationImportance.Importance;
import dev.vitrine.xai.global.PermutationImportance.Orders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * {@link dev.vitrine.xai.global.PermutationImportance} with a {@link MeanScore}, each element a
 * feature: the same bits. Rows are numbered from 0 without gaps.
 *
 * <p>A feature's values travel to every executor, once for each repeat: 4 bytes times rows times
 * repeats.
 *
 * @param job the model and its rows
 * @param label the column with the class of each row
 * @param score makes the score of a row
 * @param repeats permutations of each feature
 * @param seed of the permutations
 */
public record PermutationJob(
    ExplainJob job, String label, Recipe<MeanScore> score, int repeats, long seed)
    implements Serializable {

  /** Importance of each feature. */
  public Importance of(Dataset<Row> rows) {
    Numbers numbers = Numbers.of(rows, job.id());
    int n = Math.toIntExact(numbers.count());
    if (numbers.different() != n || n == 0 || numbers.set().last() != n - 1) {
      throw new IllegalArgumentException(
          "column \"%s\": rows are permuted by their numbers, 0 to %d without gaps; number them by file order"
              .formatted(job.id(), n - 1));
    }
    int width = Math.toIntExact(job.features().shape().size());
    String key = UUID.randomUUID().toString();
    double all = scores(rows, new float[1][], -1, key)[0].value() / n;
    double[][] values = new double[width][repeats];
    for (int j = 0; j < width; j++) {
      ExactSum[] sums = scores(rows, permuted(rows, j, n), j, key);
      for (int k = 0; k < repeats; k++) {
        values[j][k] = all - sums[k].value() / n;
      }
    }
    return new Importance(all, values);
  }

  /** What each row gets in each repeat. */
  private float[][] permuted(Dataset<Row> rows, int feature, int n) {
    StructType schema = rows.schema();
    float[] column = new float[n];
    Dataset<Tuple2<Integer, Float>> values =
        rows.mapPartitions(
            (MapPartitionsFunction<Row, Tuple2<Integer, Float>>)
                some -> column(some, schema, feature),
            Encoders.tuple(Encoders.INT(), Encoders.FLOAT()));
    values.toLocalIterator().forEachRemaining(v -> column[v._1()] = v._2());
    float[][] lent = new float[repeats][n];
    for (int k = 0; k < repeats; k++) {
      int[] lenders = Orders.drawn(seed).of(feature, k, n);
      for (int r = 0; r < n; r++) {
        lent[k][r] = column[lenders[r]];
      }
    }
    return lent;
  }

  private Iterator<Tuple2<Integer, Float>> column(
      Iterator<Row> rows, StructType schema, int feature) {
    RowNumber number = RowNumber.of(schema, job.id());
    Features.Reader reader = job.features().of(schema);
    float[] x = new float[Math.toIntExact(job.features().shape().size())];
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Tuple2<Integer, Float> next() {
        Row row = rows.next();
        reader.read(row, x, 0);
        return new Tuple2<>(number.of(row), x[feature]);
      }
    };
  }

  /** Σ of the rows' scores, for each array of values that a feature gets. */
  private ExactSum[] scores(Dataset<Row> rows, float[][] lent, int feature, String key) {
    var spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    Broadcast<float[][]> values = spark.broadcast(lent);
    Broadcast<ExplainJob.Shared> shared = spark.broadcast(new ExplainJob.Shared(key, job));
    List<byte[]> parts =
        rows.mapPartitions(
                new Scored(this, shared, values, rows.schema(), feature), Encoders.BINARY())
            .collectAsList();
    ExactSum[] sums = new ExactSum[lent.length];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = new ExactSum();
    }
    for (byte[] part : parts) {
      try (var in = new DataInputStream(new ByteArrayInputStream(part))) {
        for (ExactSum sum : sums) {
          sum.add(ExactSum.read(in));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    values.destroy();
    return sums;
  }

  private record Scored(
      PermutationJob of,
      Broadcast<ExplainJob.Shared> shared,
      Broadcast<float[][]> lent,
      StructType schema,
      int feature)
      implements MapPartitionsFunction<Row, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<Row> rows) throws IOException {
      float[][] values = lent.value();
      MeanScore score = of.score.make();
      int label = Features.index(schema, of.label);
      var bytes = new ByteArrayOutputStream();
      ExactSum[] sums = new ExactSum[values.length];
      for (int k = 0; k < sums.length; k++) {
        sums[k] = new ExactSum();
      }
      try (Opened opened = shared.value().open()) {
        var batches = new Batches(rows, schema, of.job.features(), of.job.id());
        while (batches.hasNext()) {
          var batch = batches.next();
          try (var memory = new Memory("permuted")) {
            Tensor targets = memory.tensor(DType.INT32, Shape.of(batch.rows().size()));
            for (int i = 0; i < batch.rows().size(); i++) {
              targets.putInt(i, ((Number) batch.rows().get(i).get(label)).intValue());
            }
            for (int k = 0; k < values.length; k++) {
              put(values[k], batch);
              score.add(opened.subject.outputs(batch.x()), targets, sums[k]);
            }
          }
        }
      }
      try (var out = new DataOutputStream(bytes)) {
        for (ExactSum s : sums) {
          s.write(out);
        }
      }
      return List.of(bytes.toByteArray()).iterator();
    }

    private void put(float[] values, Batches.Batch batch) {
      if (feature < 0) {
        return; // as the rows are
      }
      int width = Math.toIntExact(batch.x().size() / batch.numbers().length);
      for (int i = 0; i < batch.numbers().length; i++) {
        batch.x().put((long) i * width + feature, values[batch.numbers()[i]]);
      }
    }
  }
}
