package dev.vitrine.xai.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min_by;

import dev.vitrine.bench.run.Progress;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

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

  /** Rows that can't be explained. */
  private static final Column BAD = col("reason").isNotNull();

  /** Tasks for each core, where rows are dealt out. */
  static final int TASKS = 2;

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
    String run = UUID.randomUUID().toString();
    List<String> files = folder.names(ROWS);
    Numbers before = files.isEmpty() ? Numbers.NONE : Numbers.of(there(), job.id(), BAD);
    Numbers after =
        before.set().equals(asked.set())
            ? before
            : before.and(explain(asked, before, run, progress));
    for (String name : folder.names(ROWS)) {
      if (!files.contains(name) && !name.contains(run)) {
        throw new IOException(
            "%s: another job has written %s there; name another folder"
                .formatted(folder.in(ROWS), name));
      }
    }
    if (after.count() != asked.count() || !after.set().equals(asked.set())) {
      throw new IOException(
          "%s: %d rows have %d answers; did the rows change meanwhile? Name another folder"
              .formatted(folder.in(ROWS), asked.count(), after.count()));
    }
    return finish(after, before.count());
  }

  /** The rows that have no answer. */
  private Numbers explain(Numbers asked, Numbers before, String run, Progress progress)
      throws IOException {
    var skipped = Skipped.of(spark, before.set());
    ExplainIntoFiles into = intoFiles(skipped, run);
    SparkContext context = spark.sparkContext();
    try (var _ =
        new Watch(
            context,
            "explain, " + folder,
            skipped.since(),
            before.count(),
            asked.count(),
            progress)) {
      return Numbers.united(SparkRow.each(pieces(asked), into));
    }
  }

  private ExplainIntoFiles intoFiles(Skipped skipped, String run) throws IOException {
    Answers answers = job.answers(rows.schema());
    SparkContext context = spark.sparkContext();
    Configuration conf = AnswerFile.configuration(context.hadoopConfiguration(), answers);
    return new ExplainIntoFiles(
        job.shared(spark),
        answers,
        skipped,
        SerializableConfiguration.broadcast(context, conf),
        folder.made(ROWS),
        run);
  }

  /** With the schema that it must have, or Spark would look into every file for it. */
  private Dataset<Row> there() {
    StructType schema = job.answers(rows.schema()).schema();
    return spark.read().schema(schema).parquet(folder.in(ROWS));
  }

  /** No piece has more than half of what a core has to do, or they are dealt out, always alike. */
  private Dataset<Row> pieces(Numbers asked) {
    int cores = spark.sparkContext().defaultParallelism();
    return 2 * cores * (asked.most() - 1) > asked.count()
        ? rows.repartition(TASKS * cores, col(job.id()))
        : rows;
  }

  private Outcome finish(Numbers answered, long kept) throws IOException {
    String reason = null;
    if (answered.marked() > 0) {
      Dataset<Row> bad = there().where(BAD).select(col(job.id()), col("reason"));
      reason = bad.agg(min_by(col("reason"), col(job.id()))).first().getString(0);
      bad.coalesce(1).write().mode(SaveMode.Overwrite).parquet(folder.in("bad"));
    }
    folder.delete(ROWS, ExplainIntoFiles.UNDER_WAY); // what killed tasks left
    if (!folder.has(DONE)) {
      folder.write(DONE, new byte[0]);
    }
    return new Outcome(answered.count(), kept, answered.marked(), reason);
  }
}
