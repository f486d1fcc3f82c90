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
  private @Nullable Operation operation;
  private Warmup warmup = Warmup.NONE;

  /** Not for a fresh process: it would be timed with the linking of a function. */
  private static final class Linked {
    static final Clocks CLOCKS = new Clocks();
  }

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
    Clocks clocks = Linked.CLOCKS;
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
    return "ran %d %d %d".formatted(Workload.FRESH_STEPS, processNanos(), peakKibibytes());
  }

  /** Processor time of all threads, in steps of 10 ms. */
  private static long processNanos() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" "); // from field 3 on
    return 10_000_000 * (Long.parseLong(words[11]) + Long.parseLong(words[12]));
  }

  /** The most physical memory that this process ever had. */
  private static long peakKibibytes() throws IOException {
    String peak = "";
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        peak = line.substring(6, line.length() - 2).strip();
      }
    }
    return Long.parseLong(peak);
  }
}
