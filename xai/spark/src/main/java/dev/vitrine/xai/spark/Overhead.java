package dev.vitrine.xai.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Models;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What Spark costs: rows from Parquet into a folder of answers, against one call of the API on rows
 * in memory, with the same cores, in turns.
 */
@Command(name = "bench/spark", mixinStandardHelpOptions = true)
public final class Overhead implements Callable<Integer> {
  private static final int COLUMNS = 30;

  /** Turns until the JIT knows what a driver does, on a part of the rows. */
  private static final int WARMUP = 6;

  private static final int WARMUP_SHARE = 20;

  /** What is short takes more turns than {@link #rounds}, until it has lasted so long. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Option(
      names = "--rounds",
      description = "Turns of both, and more in a minute's share (default: ${DEFAULT-VALUE}).")
  private int rounds = 3;

  @Option(names = "--share", description = "Of the rows (default: ${DEFAULT-VALUE}).")
  private double share = 1;

  @Option(names = "--steps", description = "Points of each path (default: ${DEFAULT-VALUE}).")
  private int steps = 50; // as many as Captum takes unless told otherwise

  @Option(names = "--only", description = "One workload: table-mlp or mnist-cnn.")
  private String only = "";

  @Option(names = "--json", description = "Where the figures go.")
  private Path json = Path.of("bench", "results", "spark.json");

  /** Rows and what explains them. */
  private record Workload(String name, String model, Tensor x) {
    static Workload table(int n) {
      Tensor x = Tensor.of(Shape.of(n, COLUMNS), new float[n * COLUMNS]);
      var random = new RandomStream(1, 0, 0);
      for (long i = 0; i < x.size(); i++) {
        x.put(i, (float) random.normal());
      }
      return new Workload("table-mlp", "linear(30, 64) relu linear(64, 64) relu linear(64, 2)", x);
    }

    static Workload images(Tensor x) {
      return new Workload(
          "mnist-cnn",
          "conv2d(1, 32, 3) relu maxPool2d(2) conv2d(32, 64, 3) relu maxPool2d(2)"
              + " flatten linear(1600, 128) relu linear(128, 10)",
          x);
    }
  }

  /** Seconds of each turn, and how much more Spark's median is. */
  record Figures(
      String workload,
      int rows,
      int cores,
      List<Double> api,
      List<Double> spark,
      double overhead) {}

  public static void main(String[] arguments) {
    var command = new CommandLine(new Overhead()).setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler((e, c, _) -> {
      if (!(e instanceof IOException)) {
        throw e;
      }
      c.getErr().println("spark: " + e.getMessage());
      return CommandLine.ExitCode.USAGE; // 2, as for any input that is not there
    });
    System.exit(command.execute(arguments));
  }

  private static Explainer by(int steps) {
    return new IntegratedGradients().steps(steps);
  }

  @Override
  public Integer call() throws IOException {
    List<Figures> all = new ArrayList<>();
    try (Split mnist = DataSets.load("mnist", null)) {
      Tensor images = mnist.test().inputs();
      List<Workload> workloads =
          List.of(
              Workload.table((int) (100_000 * share)),
              Workload.images(images.rows(0, (int) (images.shape().dim(0) * share))));
      for (Workload w : workloads) {
        if (!w.name().startsWith(only)) {
          continue;
        }
        for (int cores = 1;
            cores <= Math.min(2, Runtime.getRuntime().availableProcessors());
            cores++) {
          Figures f = measure(w, cores);
          all.add(f);
          System.out.printf(
              Locale.ROOT,
              "%s, %d rows, %d cores: API %.2f s, Spark %.2f s, overhead %.1f %%%n",
              f.workload(),
              f.rows(),
              cores,
              median(f.api()),
              median(f.spark()),
              100 * f.overhead());
        }
      }
    }
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("steps", steps);
    out.put("java", System.getProperty("java.runtime.version"));
    out.put("figures", all);
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), out);
    return 0;
  }

  private Figures measure(Workload w, int cores) throws IOException {
    Path folder = Files.createTempDirectory("vitrine-spark");
    int points = steps;
    List<Double> api = new ArrayList<>();
    List<Double> onSpark = new ArrayList<>();
    Device device = Device.of(Device.standard().backend().name(), cores);
    try (Model m = Models.of(w.model()).init(7);
        SparkSession spark = Session.on("local[" + cores + "]", Map.of());
        Subject s = Subject.of(m, device)) {
      Shape row = w.x().shape().without(0);
      var job =
          new ExplainJob(PackedModel.of(m), Features.array("x", row.dims()), () -> by(points));
      Tensor few = w.x().rows(0, w.x().shape().dim(0) / WARMUP_SHARE);
      Dataset<Row> warmUp = parquet(spark, few, cores, folder.resolve("few"));
      for (int turn = 0; turn < WARMUP; turn++) {
        by(points).explain(s, few, Target.predicted());
        job.into(folder.resolve("warm" + turn).toString(), warmUp, Progress.silent());
      }
      Dataset<Row> rows = parquet(spark, w.x(), cores, folder.resolve("input"));
      Instant enough = Instant.now().plusMillis((long) (MINUTE.toMillis() * share));
      for (int turn = 0; turn < rounds || Instant.now().isBefore(enough); turn++) {
        String to = folder.resolve("turn" + turn).toString();
        api.add(
            seconds(
                () -> by(points).explain(s, w.x(), Target.predicted()).values().owner().close()));
        onSpark.add(seconds(() -> job.into(to, rows, Progress.silent())));
      }
    }
    double overhead = median(onSpark) / median(api) - 1;
    return new Figures(w.name(), w.x().shape().dim(0), cores, api, onSpark, overhead);
  }

  private interface Timed {
    void run() throws IOException;
  }

  private static double seconds(Timed what) throws IOException {
    long start = System.nanoTime();
    what.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static double median(List<Double> seconds) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static Dataset<Row> parquet(SparkSession spark, Tensor x, int cores, Path folder) {
    frame(spark, x).repartition(cores * ExplainedFolder.TASKS).write().parquet(folder.toString());
    return spark.read().parquet(folder.toString());
  }

  private static Dataset<Row> frame(SparkSession spark, Tensor x) {
    float[] all = x.toFloats();
    int n = x.shape().dim(0);
    int width = all.length / n;
    List<Row> rows =
        IntStream.range(0, n)
            .mapToObj(r ->
                RowFactory.create((long) r, Arrays.copyOfRange(all, r * width, (r + 1) * width)))
            .toList();
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.LongType)
            .add("x", DataTypes.createArrayType(DataTypes.FloatType, false)));
  }
}
