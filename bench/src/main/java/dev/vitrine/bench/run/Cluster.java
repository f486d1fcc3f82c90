package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Many machines that explain rows together: the module {@code xai/spark} brings one. */
public interface Cluster {
  /**
   * What is to be explained.
   *
   * @param master where: {@code local[2]}, {@code spark://host:port}
   * @param settings of the engine
   * @param model a model file
   * @param data what the model was trained on, and what methods compare rows with
   * @param input .parquet or .csv, a file or a folder of them
   * @param id the column with the number of each row; null: they count from 0 in the order of the
   *     files
   * @param methods by name
   * @param target a class; null: the predicted one
   */
  record Work(
      String master,
      Map<String, String> settings,
      Path model,
      Split data,
      String input,
      @Nullable String id,
      List<String> methods,
      @Nullable Integer target) {}

  /** Explains the rows with each method, into a folder of its name; says what came of it. */
  List<String> explain(Work work, String folder, Progress progress) throws IOException;

  /** The one that is there; refuses with the command that builds it. */
  static Cluster found() {
    return ServiceLoader.load(Cluster.class)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "--cluster: Spark isn't built; this does it (some 200 MB): "
                    + "./mvnw -B -Pspark -Dmaven.test.skip=true -pl xai/spark -am package"));
  }
}
