package dev.vitrine.xai.spark;

import dev.vitrine.xai.global.Axis;
import dev.vitrine.xai.global.PartialDependence;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Individual conditional expectations: a row's number and its {@code curve}, the explained number
 * at each point. {@link Tallies#means(Dataset, org.apache.spark.sql.Column)} of the curves is
 * partial dependence.
 *
 * @param job the model, its rows and the target
 * @param axes makes one or two features and their values
 */
public record DependenceJob(ExplainJob job, Recipe<List<Axis>> axes) {
  /** A curve for each row. */
  public Dataset<Row> on(Dataset<Row> rows) {
    StructType schema =
        new StructType()
            .add(job.id(), DataTypes.LongType)
            .add("curve", DataTypes.createArrayType(DataTypes.FloatType, false));
    var spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    var shared = spark.broadcast(new ExplainJob.Shared(UUID.randomUUID().toString(), job));
    return rows.mapPartitions(new Curves(shared, rows.schema(), axes), Encoders.row(schema));
  }

  private record Curves(
      Broadcast<ExplainJob.Shared> shared, StructType schema, Recipe<List<Axis>> axes)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws IOException {
      ExplainJob job = shared.value().job();
      Opened opened = shared.value().open();
      TaskCompletionListener done = _ -> opened.close();
      TaskContext.get().addTaskCompletionListener(done);
      List<Axis> made = axes.make();
      var batches = new Batches(rows, schema, job.features(), job.id());
      return StreamSupport.stream(Spliterators.spliteratorUnknownSize(batches, 0), false)
          .flatMap(batch -> curves(opened, batch, made))
          .iterator();
    }

    private static Stream<Row> curves(Opened opened, Batches.Batch batch, List<Axis> axes) {
      float[][] each =
          PartialDependence.of(opened.subject, batch.x(), opened.target, axes).individual();
      return IntStream.range(0, each.length)
          .mapToObj(i -> RowFactory.create((long) batch.numbers()[i], each[i]));
    }
  }
}
