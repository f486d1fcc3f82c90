package dev.vitrine.bench.peers;

import dev.vitrine.bench.measure.Clocks;
import dev.vitrine.bench.measure.Warmup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The process of an engine: obeys a line on standard input at a time, and answers each with one.
 *
 * <pre>
 * (start)                 hello DESCRIPTION                            or failed REASON
 * prepare WORKLOAD MILLIS ready FIRST_LOSS LAST_LOSS                   or failed REASON
 * run MILLIS              ran OPERATIONS PROCESS_NANOS THREAD_NANOS    or failed REASON
 * fresh WORKLOAD          ran OPERATIONS PROCESS_NANOS PEAK_KIBIBYTES  or failed REASON
 * </pre>
 */
public final class Worker {
  /** Begins each answer: libraries print to standard output as well. */
  static final String MARK = "@peers ";

  private final Engine engine;
  private final Clocks clocks = new Clocks();
  private @Nullable Operation operation;
  private Warmup warmup = Warmup.NONE;

  private Worker(Engine engine) {
    this.engine = engine;
  }

  /** Serves until standard input ends. */
  public static void serve(Callable<Engine> load) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Worker worker;
    try {
      worker = new Worker(load.call());
    } catch (Exception | LinkageError e) {
      answers.println(MARK + failed(e));
      return;
    }
    answers.println(MARK + "hello " + worker.engine.description());
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      answers.println(MARK + worker.answer(line.split(" ")));
    }
  }

  private static String failed(Throwable e) {
    e.printStackTrace(); // all of it
    return "failed " + e.toString().lines().findFirst().orElse("");
  }

  private String answer(String[] words) {
    try {
      return switch (words[0]) {
        case "prepare" -> prepare(Workload.of(words[1]), Long.parseLong(words[2]));
        case "run" -> run(Long.parseLong(words[1]));
        case "fresh" -> fresh(Workload.of(words[1]));
        default -> "failed unknown word " + words[0];
      };
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return failed(e);
    }
  }

  private String prepare(Workload w, long millis) throws IOException {
    if (operation != null) {
      operation.close();
      operation = null;
    }
    Operation now = engine.of(w, Batch.of(w));
    operation = now;
    Learning learning = w.trains() ? Learning.of(now) : Learning.NONE;
    warmup = Warmup.of(now, millis);
    return "ready %s %s".formatted(learning.first(), learning.last());
  }

  private String run(long millis) {
    Operation now = operation;
    if (now == null) {
      return "failed nothing is prepared";
    }
    if (warmup.nanosPerRun() < 1e8) {
      now.run(); // brings its data back into the caches
    }
    long process = clocks.process();
    long thread = clocks.thread();
    long end = System.nanoTime() + millis * 1_000_000;
    int runs = 0;
    do {
      now.run();
      runs++;
    } while (System.nanoTime() < end);
    return "ran %d %d %d".formatted(runs, clocks.process() - process, clocks.thread() - thread);
  }

  private String fresh(Workload w) throws IOException {
    try (Operation steps = engine.of(w, Batch.of(w))) {
      for (int i = 0; i < Workload.FRESH_STEPS; i++) {
        steps.run();
      }
    }
    return "ran %d %d %d".formatted(Workload.FRESH_STEPS, clocks.process(), peakKibibytes());
  }

  /** The most physical memory that this process ever had. */
  private static long peakKibibytes() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    return status.stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
