package dev.vitrine.bench.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Has Jazzer fuzz each reader for so long and so often, three on each core, and counts. */
public final class Fuzzing {
  /** What came of one reader. */
  record Result(
      String reader,
      long executions,
      long seconds,
      long peakMegabytes,
      int corpus,
      String finding) {}

  /** A million executions take a third of ten minutes. */
  private static final int ON_EACH_CORE = 3;

  private Fuzzing() {}

  /**
   * Seconds and executions for each reader, both at least; a folder to work in; a file for the
   * results, where those of other readers stay; whether the corpora are kept (yes, no); and
   * readers, or none for all.
   */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    long executions = Long.parseLong(args[1]);
    Path folder = Files.createDirectories(Path.of(args[2]));
    boolean keep = args[4].equals("yes");
    List<Reader> readers = args.length == 5 ? List.of(Reader.values()) : named(args);
    Path file = Path.of(args[3]);
    SortedMap<Reader, Result> results = read(file);
    readers.forEach(results::remove);
    int atOnce = ON_EACH_CORE * Runtime.getRuntime().availableProcessors();
    try (var slots = Executors.newFixedThreadPool(atOnce)) {
      var under = new ArrayList<Future<?>>();
      for (Reader r : readers) {
        under.add(
            slots.submit(() -> {
              Result result = fuzz(r, seconds, executions, folder, keep);
              synchronized (results) {
                results.put(r, result);
                write(file, results.values());
              }
              return null;
            }));
      }
      for (Future<?> f : under) {
        f.get();
      }
    }
    boolean well = readers.stream().map(results::get).allMatch(r -> r.finding.isEmpty());
    System.exit(well ? 0 : 1);
  }

  private static List<Reader> named(String[] args) {
    try {
      return Arrays.stream(args).skip(5).map(Reader::named).toList();
    } catch (IllegalArgumentException e) {
      System.err.println("fuzz: " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  private static SortedMap<Reader, Result> read(Path file) throws IOException {
    var results = new TreeMap<Reader, Result>();
    if (Files.exists(file)) {
      for (Result r : new ObjectMapper().readValue(file.toFile(), Result[].class)) {
        results.put(Reader.named(r.reader), r);
      }
    }
    return results;
  }

  private static void write(Path file, Collection<Result> results) throws IOException {
    var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    byte[] text = (json.writeValueAsString(results) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, text);
  }

  private static Result fuzz(Reader r, int seconds, long executions, Path folder, boolean keep)
      throws IOException, InterruptedException {
    var jazzer = new Jazzer(r, folder.resolve(r.toString()));
    long started = System.nanoTime();
    boolean well = jazzer.run("-max_total_time=" + seconds);
    if (well && jazzer.executions() < executions) {
      well = jazzer.run("-runs=" + (executions - jazzer.executions()));
    }
    long spent = (System.nanoTime() - started) / 1_000_000_000;
    if (well && keep) {
      Corpus.keep(r, jazzer.least());
    }
    var result =
        new Result(
            r.toString(),
            jazzer.executions(),
            spent,
            jazzer.peakMegabytes(),
            Corpus.of(r).size(),
            well ? "" : "see " + jazzer.log());
    System.out.printf(
        Locale.ROOT,
        "%-12s %,10d executions in %d s, %d MB at most, %d inputs in the corpus, %s%n",
        r,
        result.executions,
        result.seconds,
        result.peakMegabytes,
        result.corpus,
        well ? "no finding" : "FOUND: " + result.finding);
    return result;
  }
}
