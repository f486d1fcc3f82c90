package dev.vitrine.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.measure.Peak;
import dev.vitrine.bench.measure.Quartiles;
import dev.vitrine.bench.measure.Warmup;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/threads}: whole workloads with one thread and with several, in turns. */
@Command(
    name = "threads",
    mixinStandardHelpOptions = true,
    description = "Time training steps with one thread and with several, on the clock, in turns.")
final class ThreadBenchmark implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Option(names = "--threads", description = "How many (standard: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(names = "--rounds", description = "Of each workload (standard: ${DEFAULT-VALUE}).")
  private int rounds = 61;

  @Option(names = "--workloads", paramLabel = "ID", split = ",", description = "Which ones.")
  private List<String> workloads = List.of("W1-64", "W1-128", "W4-32", "W4-128");

  @Option(
      names = "--slice",
      paramLabel = "MS",
      description = "Of each side in a round (standard: ${DEFAULT-VALUE}).")
  private long slice = 60;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Where results go (standard: bench/results/threads.json, or with any option"
              + " bench/target/threads.json).")
  private Path json = Path.of("");

  private ThreadBenchmark() {}

  /**
   * What a workload gains, and what threads that do nothing but fma on registers gain in the same
   * rounds: what the machine gives at that moment.
   *
   * @param gain time with one thread over time with several, quartiles over the rounds
   */
  record Row(String workload, double oneMicros, double manyMicros, Quartiles gain, Quartiles fma) {}

  public static void main(String[] args) {
    var command = new CommandLine(new ThreadBenchmark()).setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler((e, c, _) -> {
      if (!(e instanceof IllegalArgumentException || e instanceof IOException)) {
        throw e;
      }
      c.getErr().println("threads: " + e.getMessage());
      return BAD_INPUT;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (threads < 2 || rounds < 1) {
      throw new IllegalArgumentException(
          "%d threads and %d rounds given: at least 2 and 1 are needed".formatted(threads, rounds));
    }
    String backend = Device.standard().backend().name();
    Device one = Device.of(backend, 1);
    Device many = Device.of(backend, threads);
    System.out.printf("%s against %s%n%n", one, many);
    System.out.printf(
        "%-10s %12s %12s   %-24s %s%n", "workload", "1, µs", threads + ", µs", "gain", "of fma");
    var rows = new ArrayList<Row>();
    try (ExecutorService others = Executors.newFixedThreadPool(Math.max(1, threads - 1))) {
      for (String id : workloads) {
        Workload w = Workload.of(id);
        List<Batch> batches = Batch.of(w);
        try (Operation a = new Ours(one).of(w, batches);
            Operation b = new Ours(many).of(w, batches)) {
          Row row = measure(w, a, b, others);
          System.out.println(text(row));
          rows.add(row);
        }
      }
    }
    byte[] bytes =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(rows);
    AtomicFile.write(json, out -> out.write(bytes));
    return 0;
  }

  private Row measure(Workload w, Operation one, Operation many, ExecutorService others)
      throws IOException {
    Warmup.of(one::run, 1000);
    Warmup.of(many::run, 1000);
    fma(others);
    var ones = new ArrayList<Double>();
    var manys = new ArrayList<Double>();
    var gains = new ArrayList<Double>();
    var fmas = new ArrayList<Double>();
    for (int r = 0; r < rounds; r++) {
      double a = r % 2 == 0 ? micros(one) : 0;
      double b = micros(many);
      a = r % 2 == 0 ? a : micros(one);
      ones.add(a);
      manys.add(b);
      gains.add(a / b);
      fmas.add(fma(others));
    }
    return new Row(
        w.id(),
        Quartiles.of(ones).median(),
        Quartiles.of(manys).median(),
        Quartiles.of(gains),
        Quartiles.of(fmas));
  }

  /** Of one operation, on the clock. */
  private double micros(Operation operation) {
    operation.run(); // brings its data back into the caches
    long start = System.nanoTime();
    long now;
    int runs = 0;
    do {
      operation.run();
      runs++;
      now = System.nanoTime();
    } while (now - start < slice * 1_000_000);
    return (now - start) * 1e-3 / runs;
  }

  /** How much sooner all threads have done so many fma than one. */
  private double fma(ExecutorService others) {
    int calls = 400 * threads;
    long start = System.nanoTime();
    float kept = Peak.run(calls);
    long between = System.nanoTime();
    var parts = new ArrayList<CompletableFuture<Float>>();
    for (int i = 1; i < threads; i++) {
      parts.add(CompletableFuture.supplyAsync(() -> Peak.run(calls / threads), others));
    }
    kept += Peak.run(calls / threads);
    for (CompletableFuture<Float> part : parts) {
      kept += part.join();
    }
    long end = System.nanoTime();
    return Float.isNaN(kept) ? Double.NaN : (double) (between - start) / (end - between);
  }

  private static String text(Row r) {
    return String.format(
        Locale.ROOT,
        "%-10s %12.1f %12.1f   %.2f (%.2f … %.2f)       %.2f (%.2f … %.2f)",
        r.workload(),
        r.oneMicros(),
        r.manyMicros(),
        r.gain().median(),
        r.gain().lower(),
        r.gain().upper(),
        r.fma().median(),
        r.fma().lower(),
        r.fma().upper());
  }
}
