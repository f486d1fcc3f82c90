package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;

import dev.vitrine.bench.run.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Explained rows as Parquet. Each task's file appears whole or not at all and stays if the job is
 * killed; the same job then explains the rows that have no answer yet.
 *
 * <p>In the folder lie {@code rows}, those that can't be explained among them, {@code bad}: number
 * and reason of these, {@code run.json}: what was asked, and {@code _SUCCESS} once every row has
 * been found to have exactly one answer.
 */
public final class ExplainedFolder {
  private static final String ROWS = "rows";
  private static final String DONE = "_SUCCESS";

  /** Each file is moved to its place when its task is done, not when all are. */
  private static final Map<String, String> EACH_FILE_AT_ONCE =
      Map.of(
          "mapreduce.fileoutputcommitter.algorithm.version",
          "2",
          "mapreduce.fileoutputcommitter.marksuccessfuljobs",
          "false");

  /** Numbers that hardly repeat: looking for those that do takes longer than writing them. */
  private static final List<String> DIVERSE =
      List.of("attribution.list.element", "standard_error.list.element", "output", "gap", "error");

  /** Tasks for each core, where the input has fewer pieces. */
  private static final int TASKS = 4;

  private final ExplainJob job;
  private final Dataset<Row> rows;
  private final SparkSession spark;
  private final Folder folder;

  /**
   * What came of it.
   *
   * @param rows in all
   * @param kept of which an earlier run had explained
   * @param bad which can't be explained
   * @param reason the reason of one of these; null if there are none
   */
  public record Outcome(long rows, long kept, long bad, @Nullable String reason) {}

  private ExplainedFolder(ExplainJob job, Dataset<Row> rows, Folder folder) {
    this.job = job;
    this.rows = rows;
    this.spark = rows.sparkSession();
    this.folder = folder;
  }

  /** Explains the rows that have no answer there yet. */
  public static Outcome write(ExplainJob job, Dataset<Row> rows, String name, Progress progress)
      throws IOException {
    Numbers asked = Numbers.of(rows, job.id());
    if (asked.different() < asked.count()) {
      throw new IllegalArgumentException(
          "column \"%s\": %d rows have %d different numbers; each needs one of its own"
              .formatted(job.id(), asked.count(), asked.different()));
    }
    Map<String, Object> question = new LinkedHashMap<>(job.question());
    question.put("input", Inputs.of(rows));
    var folder = new Folder(rows.sparkSession(), name);
    folder.ask(question);
    return new ExplainedFolder(job, rows, folder).write(asked, progress);
  }

  private Outcome write(Numbers asked, Progress progress) throws IOException {
    RoaringBitmap before = answered().set();
    if (!before.equals(asked.set())) {
      var skipped = Skipped.of(spark, before);
      long kept = before.getLongCardinality();
      String what = "explain, " + folder;
      try (var _ =
          new Watch(spark.sparkContext(), what, skipped.since(), kept, asked.count(), progress)) {
        var writer =
            job.on(pieces(), skipped).write().mode(SaveMode.Append).options(EACH_FILE_AT_ONCE);
        DIVERSE.forEach(column -> writer.option("parquet.enable.dictionary#" + column, "false"));
        writer.option("parquet.enable.dictionary#" + job.id(), "false").parquet(folder.in(ROWS));
      }
    }
    Numbers after = answered();
    if (after.count() != asked.count() || !after.set().equals(asked.set())) {
      throw new IOException(
          "%s: %d rows have %d answers; has another job written there? Name another folder"
              .formatted(folder.in(ROWS), asked.count(), after.count()));
    }
    return finish(asked.count(), before.getLongCardinality());
  }

  private Numbers answered() throws IOException {
    return folder.has(ROWS) ? Numbers.of(there(), job.id()) : Numbers.NONE;
  }

  /** With the schema that it must have, or Spark would look into every file for it. */
  private Dataset<Row> there() {
    StructType schema = new Answers(rows.schema(), job.features().columns()).schema();
    return spark.read().schema(schema).parquet(folder.in(ROWS));
  }

  /** Enough of them to keep all cores busy, always the same. */
  private Dataset<Row> pieces() {
    int cores = spark.sparkContext().defaultParallelism();
    return rows.javaRDD().getNumPartitions() < 2 * cores
        ? rows.repartition(TASKS * cores, col(job.id()))
        : rows;
  }

  private Outcome finish(long rows, long kept) throws IOException {
    Dataset<Row> bad =
        there().where(col("reason").isNotNull()).select(col(job.id()), col("reason"));
    Row found = bad.agg(count(lit(1)), min_by(col("reason"), col(job.id()))).first();
    if (found.getLong(0) > 0) {
      bad.coalesce(1).write().mode(SaveMode.Overwrite).parquet(folder.in("bad"));
    }
    if (!folder.has(DONE)) {
      folder.write(DONE, new byte[0]);
    }
    return new Outcome(rows, kept, found.getLong(0), found.getString(1));
  }
}
