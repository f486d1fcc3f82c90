package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_date;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.gradient.Saliency;
import dev.vitrine.xai.gradient.SmoothGrad;
import dev.vitrine.xai.metric.Sparseness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written column by column is what a data frame holds, whichever of Spark's two readers
 * reads it: that takes whole columns, the other goes by the value.
 */
class AnswerFileTest {
  private static final int ROWS = 120;

  @TempDir Path folder;

  @Test
  void filesHoldWhatFramesHold() throws IOException {
    same(() -> new IntegratedGradients().tolerance(1e-3), Given.x(ROWS));
  }

  @Test
  void badRowsAreAmongThem() throws IOException {
    Tensor x = Given.x(ROWS);
    x.put(7 * Given.WIDTH + 2, Float.NaN);
    x.put(90 * Given.WIDTH, Float.POSITIVE_INFINITY);
    same(Saliency::new, x);
  }

  /** Refuses rows whose first number is above 1, and all that are asked about with them. */
  private record Choosy(Explainer by) implements Explainer {
    @Override
    public String name() {
      return "Choosy";
    }

    @Override
    public Map<String, String> settings() {
      return by.settings();
    }

    @Override
    public Attribution explain(Question q) {
      for (int r = 0; r < q.size(); r++) {
        if (q.x().at((long) r * Given.WIDTH) > 1) {
          throw new IllegalArgumentException("too large");
        }
      }
      return by.explain(q);
    }
  }

  @Test
  void whatTheMethodRefusesIsSaidOfTheRightRows() throws IOException {
    Tensor x = Given.x(ROWS);
    List<Row> frame = same(() -> new Choosy(new Saliency()), x);
    for (int r = 0; r < ROWS; r++) {
      boolean large = x.at((long) r * Given.WIDTH) > 1;
      assertEquals(large ? "too large" : null, frame.get(r).getAs("reason"));
      assertEquals(large, frame.get(r).getAs("attribution") == null);
    }
  }

  @Test
  void errorsOfSamplesAreListsToo() throws IOException {
    same(() -> new SmoothGrad(new Saliency(true)), Given.x(ROWS));
  }

  private List<Row> same(Recipe<Explainer> by, Tensor x) throws IOException {
    SparkSession spark = Local.spark();
    Dataset<Row> rows = withCellsOfAllKinds(Given.frame(spark, x)).repartition(3);
    try (Model m = Given.model()) {
      var job =
          new ExplainJob(PackedModel.of(m), Features.columns(Given.COLUMNS), by)
              .metric(Sparseness::new);
      List<Row> frame = job.on(rows).orderBy("id").collectAsList();
      String there = folder.resolve("run").toString();
      job.into(there, rows, Progress.silent());
      assertEquals(ROWS, frame.size());
      for (String whole : List.of("true", "false")) {
        spark.conf().set("spark.sql.parquet.enableVectorizedReader", whole);
        spark.conf().set("spark.sql.parquet.enableNestedColumnVectorizedReader", whole);
        List<Row> file = spark.read().parquet(there + "/rows").orderBy("id").collectAsList();
        assertEquals(frame, file, "columns at once: " + whole);
        assertEquals(types(frame), types(file));
        Dataset<Row> one = spark.read().parquet(there + "/rows").where("id = 90 and steps > -1");
        assertEquals(
            frame.stream()
                .filter(r -> r.<Long>getAs("id") == 90 && r.getAs("steps") != null)
                .toList(),
            one.collectAsList(),
            "found by the bounds of its batch");
      }
      return frame;
    }
  }

  /** But for what may be null: Parquet's readers always say that it may. */
  private static String types(List<Row> rows) {
    return rows.getFirst().schema().simpleString();
  }

  private static Dataset<Row> withCellsOfAllKinds(Dataset<Row> rows) {
    return rows.withColumn("name", when(col("id").mod(3).equalTo(0), lit("größer")))
        .withColumn("price", col("x1").cast("decimal(20, 3)"))
        .withColumn("whole", col("id").mod(7).cast("int"))
        .withColumn("some", when(col("id").mod(2).equalTo(0), col("x0").cast("double")))
        .withColumn("flag", col("x0").gt(0))
        .withColumn("day", current_date())
        .withColumn("list", array(col("id"), lit(3L)))
        .withColumn("pair", struct(col("id"), lit("a")))
        .withColumn("table", map(lit("id"), col("id")));
  }

  @Test
  void aFileMayHaveNoAnswerAtAll() throws IOException {
    Tensor x = Given.x(ROWS);
    for (int r = 0; r < ROWS; r++) {
      x.put((long) r * Given.WIDTH, Float.NaN);
    }
    same(Saliency::new, x);
  }
}
