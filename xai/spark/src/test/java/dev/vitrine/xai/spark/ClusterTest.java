package dev.vitrine.xai.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two worker processes give the bits of one thread, and so does the one that is left. */
class ClusterTest {
  private static final int ROWS = 400;
  private static final int PIECES = 20;

  @TempDir Path folder;

  private static Explainer gradients() {
    return new IntegratedGradients().steps(16);
  }

  /** Takes its time, so that there is a middle to be killed in. */
  private record Slow(Explainer by) implements Explainer {
    private static final long MILLIS = 200;

    @Override
    public String name() {
      return by.name();
    }

    @Override
    public Map<String, String> settings() {
      return by.settings();
    }

    @Override
    public Attribution explain(Question q) {
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return by.explain(q);
    }
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aKilledWorkerLosesNothing() throws Exception {
    Tensor x = Given.x(ROWS);
    Path input = folder.resolve("input");
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    Given.frame(Local.spark(), x).coalesce(1).write().parquet(input.toString());
    Local.stop(); // one session to a process
    try (Model m = Given.model();
        var cluster = LoopbackCluster.of(folder, 2);
        SparkSession spark = Session.on(cluster.address(), Map.of())) {
      var job =
          new ExplainJob(
              PackedModel.of(m), Features.columns(Given.COLUMNS), () -> new Slow(gradients()));
      Dataset<Row> rows = spark.read().parquet(input.toString()).repartition(PIECES);
      job.into(whole.toString(), rows, Progress.silent());
      var second =
          CompletableFuture.supplyAsync(() -> {
            try {
              return job.into(killed.toString(), rows, Progress.silent());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      long before = waitForSome(killed);
      assertTrue(cluster.kill(0) > 0, "an executor was killed with its worker");
      assertTrue(before < PIECES, "killed in its work, with " + before + " files");
      assertEquals(new ExplainedFolder.Outcome(ROWS, 0, 0, null), second.get());
      try (Subject s = Subject.of(m, Device.of("scalar", 1))) {
        var a = gradients().explain(s, x, Target.predicted());
        for (Path out : List.of(whole, killed)) {
          Same.bits(a, read(spark, out), out.toString());
        }
      }
    }
  }

  private static List<Row> read(SparkSession spark, Path out) {
    return spark.read().parquet(out.resolve("rows").toString()).orderBy("id").collectAsList();
  }

  /** Until a few files are there: how many. */
  private static long waitForSome(Path out) throws IOException, InterruptedException {
    while (true) {
      Path rows = out.resolve("rows");
      if (Files.isDirectory(rows)) {
        try (Stream<Path> files = Files.list(rows)) {
          long there = files.filter(p -> p.toString().endsWith(".parquet")).count();
          if (there >= 3) {
            return there;
          }
        }
      }
      Thread.sleep(20);
    }
  }
}
