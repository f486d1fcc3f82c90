package dev.vitrine.bench.gemm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The table of ours against MKL: {@code GemmBenchmark FILE.json [PRODUCT…]}. */
final class GemmBenchmark {
  /** What networks of this size multiply; the im2col rows are a 3×3 convolution as a product. */
  private static final List<String> PRODUCTS =
      List.of(
          "NN 64x64x64",
          "NN 128x128x128",
          "NN 256x256x256",
          "NN 512x512x512",
          "NN 1024x1024x1024",
          "NN 128x784x128",
          "NN 128x128x64",
          "NN 128x1600x128",
          "NN 18432x288x64",
          "NN 64x288x576",
          "NT 128x784x128",
          "TN 784x128x128");

  /** JVMs per product: C2 doesn't compile the same code twice the same way. */
  private static final int FORKS = 2;

  private GemmBenchmark() {}

  public static void main(String[] args) throws RunnerException, IOException {
    Path file = Path.of(args[0]);
    List<String> products = args.length > 1 ? List.of(args).subList(1, args.length) : PRODUCTS;
    String ours = Device.of("vector", 1).toString();
    System.out.println("ours: " + ours);
    System.out.println("MKL:  " + Mkl.version());
    System.out.println("GFLOP/s, medians of interleaved rounds\n");
    System.out.println(Row.HEAD);
    var rows = new ArrayList<Row>();
    for (String product : products) {
      Row row = measured(product);
      System.out.println(row.line());
      rows.add(row);
      write(file, ours, rows);
    }
  }

  private static Row measured(String product) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(Round.class.getName())
            .param("product", product)
            .forks(FORKS)
            .warmupIterations(Round.WARM_UP)
            .measurementIterations(Round.COUNTED)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult run = new Runner(options).runSingle();
    var rounds = new ArrayList<IterationResult>();
    for (BenchmarkResult fork : run.getBenchmarkResults()) {
      rounds.addAll(fork.getIterationResults());
    }
    double late = 0;
    for (double count : column(rounds, "compiledLate")) {
      late += count;
    }
    return Row.of(
        product, column(rounds, "ours"), column(rounds, "mkl"), column(rounds, "peak"), (int) late);
  }

  private static double[] column(List<IterationResult> rounds, String name) {
    return rounds.stream()
        .map(r -> Objects.requireNonNull(r.getSecondaryResults().get(name), name))
        .mapToDouble(Result<?>::getScore)
        .toArray();
  }

  private static void write(Path file, String ours, List<Row> rows) throws IOException {
    var all = new TreeMap<String, Object>();
    all.put("ours", ours);
    all.put("mkl", Mkl.version());
    all.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    all.put("rows", rows);
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
  }
}
