package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Cluster;
import dev.vitrine.nn.data.Split;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --cluster MASTER}, {@code --id COLUMN}, {@code --conf KEY=VALUE}: rows on Spark. */
final class ClusterOptions {
  @Option(
      names = "--cluster",
      paramLabel = "MASTER",
      description = {
        "Explain the rows of --input on Apache Spark: local[2], spark://HOST:PORT. They are .parquet",
        "or .csv, a file or a folder of them."
      })
  private @Nullable String master;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      description = {
        "The number of each row, on which random numbers depend; without it they count from 0,",
        "file after file."
      })
  private @Nullable String id;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.ui.enabled=true.")
  private Map<String, String> settings = new LinkedHashMap<>();

  boolean given() {
    return master != null;
  }

  /** Refuses options that need others. */
  void check(ShardOptions shards) {
    if (master == null && (id != null || !settings.isEmpty())) {
      throw new IllegalArgumentException("--id and --conf go with --cluster MASTER");
    }
    if (master != null) {
      shards.checkInputAlone();
      Cluster.found();
    }
  }

  /** What is to be explained. */
  Cluster.Work work(
      Path model, Split data, String input, List<String> methods, @Nullable Integer target) {
    return new Cluster.Work(
        master == null ? "" : master, settings, model, data, input, id, methods, target);
  }
}
