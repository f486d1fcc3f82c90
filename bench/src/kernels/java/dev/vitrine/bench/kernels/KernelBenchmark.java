package dev.vitrine.bench.kernels;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.measure.Quartiles;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The table of ours against a library: {@code KernelBenchmark FILE.json FAMILY [KERNEL…]}. */
final class KernelBenchmark {
  /** JVMs per kernel: C2 doesn't compile the same code twice the same way. */
  private static final int FORKS = 2;

  private KernelBenchmark() {}

  public static void main(String[] args) throws RunnerException, IOException {
    Path file = Path.of(args[0]);
    Family family = Family.valueOf(args[1].toUpperCase(Locale.ROOT));
    List<String> kernels = args.length > 2 ? List.of(args).subList(2, args.length) : family.kernels();
    kernels.forEach(family::flops); // refuses what is none before anything runs
    Map<String, Object> about = about(family);
    about.forEach((name, what) -> System.out.println(name + ": " + what));
    System.out.println("ratios of speeds: median (quartiles); then GFLOP/s; medians of rounds\n");
    System.out.println(Row.head(family.library));
    var rows = new ArrayList<Row>();
    for (String kernel : kernels) {
      Row row = measured(family, kernel);
      System.out.println(row.line());
      rows.add(row);
      write(file, about, rows);
    }
    System.out.println();
    System.out.println(summary("cpp/" + family.library, rows, Row::cppRatio));
    System.out.println(summary("vector/" + family.library, rows, Row::vectorRatio));
  }

  private static Map<String, Object> about(Family family) {
    var about = new LinkedHashMap<String, Object>();
    about.put("cpp", Device.of("cpp", 1).toString());
    about.put("vector", Device.of("vector", 1).toString());
    about.put("library", family.version());
    about.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    return about;
  }

  private static Row measured(Family family, String kernel) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(Round.class.getName())
            .param("family", family.name())
            .param("kernel", kernel)
            .forks(FORKS)
            .warmupIterations(Round.WARM_UP)
            .measurementIterations(Round.COUNTED)
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    var rounds = new ArrayList<IterationResult>();
    for (BenchmarkResult fork : new Runner(options).runSingle().getBenchmarkResults()) {
      rounds.addAll(fork.getIterationResults());
    }
    double flops = family.flops(kernel);
    return Row.of(
        kernel,
        speeds(flops, rounds, "cpp"),
        speeds(flops, rounds, "vector"),
        speeds(flops, rounds, "library"),
        speeds(1, rounds, "peak"),
        (int) rounds.stream().mapToDouble(r -> figure(r, "compiledLate")).sum());
  }

  /** GFLOP/s of each round. */
  private static List<Double> speeds(double flops, List<IterationResult> rounds, String side) {
    return rounds.stream().map(r -> flops / figure(r, side)).toList();
  }

  private static double figure(IterationResult round, String name) {
    return Objects.requireNonNull(round.getSecondaryResults().get(name), name).getScore();
  }

  private static String summary(String name, List<Row> rows, Function<Row, Quartiles> ratio) {
    List<Double> medians = rows.stream().map(r -> ratio.apply(r).median()).toList();
    return "%s: median %.2f, lowest %.2f"
        .formatted(name, Quartiles.of(medians).median(), Collections.min(medians));
  }

  private static void write(Path file, Map<String, Object> about, List<Row> rows)
      throws IOException {
    var all = new LinkedHashMap<String, Object>(about);
    all.put("rows", rows);
    Files.createDirectories(file.toAbsolutePath().getParent());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
  }
}
