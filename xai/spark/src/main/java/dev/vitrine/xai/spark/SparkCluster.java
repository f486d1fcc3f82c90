package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.Cluster;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/** {@code bench/vitrine explain --cluster MASTER}. */
public final class SparkCluster implements Cluster {
  private static final String ID = "id";

  @Override
  public List<String> explain(Work work, String folder, Progress progress) throws IOException {
    try (SparkSession spark = Session.on(work.master(), work.settings())) {
      return explain(spark, work, folder, progress);
    } catch (Exception e) {
      throw sentence(e); // Scala does not declare what it throws
    }
  }

  /** What Spark wraps in its own, or the first line of what it says itself. */
  private static IOException sentence(Exception e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String said = String.valueOf(first.getMessage());
    return new IOException(said.lines().findFirst().orElse(said), e);
  }

  private static List<String> explain(
      SparkSession spark, Work work, String folder, Progress progress) throws IOException {
    Dataset<Row> rows = read(spark, work.input());
    String id = work.id() == null ? ID : work.id();
    Features features = features(rows, work.data());
    Dataset<Row> numbered = work.id() == null ? FileOrder.numbered(rows, ID) : rows;
    Tensor data = work.data().train().inputs();
    PackedModel model = PackedModel.read(work.model());
    List<String> said = new ArrayList<>();
    for (String method : work.methods()) {
      Integer target = work.target();
      var job =
          new ExplainJob(model, features, NamedMethod.of(method, data))
              .id(id)
              .target(() -> target == null ? Target.predicted() : Target.of(target));
      said.add(method + ": " + text(job.into(folder + "/" + method, numbered, progress)));
    }
    return said;
  }

  private static Dataset<Row> read(SparkSession spark, String input) throws IOException {
    if (input.endsWith(".csv") || input.endsWith(".csv.gz")) {
      return spark.read().option("header", true).option("escape", "\"").csv(input);
    }
    if (input.endsWith(".npy")) {
      throw new IllegalArgumentException(
          "--input %s: Spark reads .parquet and .csv; leave --cluster out".formatted(input));
    }
    return spark.read().parquet(input);
  }

  /** Columns as the training table had them; of images the array that holds as many numbers. */
  private static Features features(Dataset<Row> rows, Split data) {
    Encoding encoding = data.encoding();
    if (encoding != null) {
      return new EncodedCells(encoding);
    }
    Shape row = data.train().inputs().shape().without(0);
    List<String> arrays =
        Arrays.stream(rows.schema().fields())
            .filter(f -> f.dataType() instanceof ArrayType)
            .map(StructField::name)
            .toList();
    if (arrays.size() != 1) {
      throw new IllegalArgumentException(
          "--input has %d columns of arrays %s; one with the %d numbers of each row is needed"
              .formatted(arrays.size(), arrays, row.size()));
    }
    return Features.array(arrays.getFirst(), row.dims());
  }

  private static String text(ExplainedFolder.Outcome done) {
    String text =
        "%d rows explained, %d were there".formatted(done.rows() - done.kept(), done.kept());
    return done.bad() == 0
        ? text
        : "%s; %d can't be (%s), the folder bad names them"
            .formatted(text, done.bad(), done.reason());
  }
}
