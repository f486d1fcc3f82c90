package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.metric.Metric;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Explains each row of a data frame: the same bits as {@link Explainer#explain} on one machine,
 * however the rows are partitioned, because random numbers depend on the row's number alone.
 *
 * @param model what is explained
 * @param features how a row becomes numbers
 * @param id the column with the row's number, 0 to 2³¹ − 1: each occurs once
 * @param explainer makes the method
 * @param target makes what is explained of each row
 * @param metrics judge each explanation
 * @param budget bytes that a task's replay may use
 */
public record ExplainJob(
    PackedModel model,
    Features features,
    String id,
    Recipe<? extends Explainer> explainer,
    Recipe<Target> target,
    List<Recipe<? extends Metric>> metrics,
    long budget)
    implements Serializable {
  private static final long BUDGET = 64L << 20;

  public ExplainJob {
    metrics = List.copyOf(metrics);
  }

  /** Explains the predicted class of rows that are numbered in column {@code id}. */
  public ExplainJob(PackedModel model, Features features, Recipe<? extends Explainer> explainer) {
    this(model, features, "id", explainer, Target::predicted, List.of(), BUDGET);
  }

  /** With another column of row numbers. */
  public ExplainJob id(String column) {
    return new ExplainJob(model, features, column, explainer, target, metrics, budget);
  }

  /** With another number to be explained; one class for all rows, or the predicted one. */
  public ExplainJob target(Recipe<Target> other) {
    return new ExplainJob(model, features, id, explainer, other, metrics, budget);
  }

  /** With one more metric, whose value stands among the row's figures under its name. */
  public ExplainJob metric(Recipe<? extends Metric> more) {
    List<Recipe<? extends Metric>> all =
        Stream.<Recipe<? extends Metric>>concat(metrics.stream(), Stream.of(more)).toList();
    return new ExplainJob(model, features, id, explainer, target, all, budget);
  }

  /** With batches of at most so many bytes in each task, which changes no bit. */
  public ExplainJob within(long bytes) {
    return new ExplainJob(model, features, id, explainer, target, metrics, bytes);
  }

  /**
   * The rows with what {@link Answers} adds and without the columns that were read as features. A
   * row that can't be explained has a reason instead of an answer.
   */
  public Dataset<Row> on(Dataset<Row> rows) {
    Answers answers = answers(rows.schema());
    SparkSession spark = rows.sparkSession();
    return rows.mapPartitions(
        new ExplainPartition(shared(spark), answers, Skipped.none(spark)),
        Encoders.row(answers.schema()));
  }

  /** What such rows are answered with; refuses those that lack what the job reads. */
  Answers answers(StructType in) {
    features.of(in);
    return new Answers(in, features.columns(), RowNumber.of(in, id));
  }

  /** The job, to be sent to each process once. */
  Broadcast<Shared> shared(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .broadcast(new Shared(UUID.randomUUID().toString(), this));
  }

  /** The same into a folder, where it goes on if it was killed; see {@link ExplainedFolder}. */
  public ExplainedFolder.Outcome into(String folder, Dataset<Row> rows, Progress progress)
      throws IOException {
    return ExplainedFolder.write(this, rows, folder, progress);
  }

  /** What decides the bits of the answers, but for the rows themselves. */
  Map<String, Object> question() throws IOException {
    Map<String, Object> q = new LinkedHashMap<>();
    Explainer by = explainer.make();
    try (Model opened = model.open()) {
      q.put("model", opened.hash());
    }
    q.put("method", by.name());
    q.put("settings", new TreeMap<>(by.settings()));
    q.put("target", target.make().toString());
    q.put("features", features.columns());
    q.put("id", id);
    q.put("metrics", metrics.stream().map(m -> m.make().toString()).toList());
    return q;
  }

  /** The model on a device, which computes within the budget. */
  Subject subject(Model opened, Device device) {
    return Subject.of(opened, device).within(budget);
  }

  /** What a process needs of this job, by a name of its own. */
  record Shared(String key, ExplainJob job) implements Serializable {
    Opened open() throws IOException {
      return Opened.borrow(key, job);
    }
  }
}
