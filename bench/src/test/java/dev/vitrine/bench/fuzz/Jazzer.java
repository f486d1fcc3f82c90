package dev.vitrine.bench.fuzz;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Processes that fuzz one reader; each goes on with the corpus of the one before. */
final class Jazzer {
  private static final Pattern STATISTIC = Pattern.compile("stat::(\\w+):\\s+(\\d+)");
  private static final int MEBIBYTES = 3000;
  private static final int SECONDS_FOR_ONE = 10;
  private static final int BYTES = 8192;

  private final Reader reader;
  private final Path folder;
  private final Path work;
  private final Path corpus;
  private long executions;
  private long peakMegabytes;

  /** Starts from the example and from what earlier runs left. */
  Jazzer(Reader reader, Path folder) throws IOException {
    this.reader = reader;
    this.folder = folder;
    work = Files.createDirectories(folder.resolve("work"));
    corpus = Files.createDirectories(folder.resolve("corpus"));
    Examples.prepare(work);
    Files.write(corpus.resolve("example"), Examples.of(reader, work));
    int number = 0;
    for (byte[] input : Corpus.of(reader)) {
      Files.write(corpus.resolve("input" + number++), input);
    }
  }

  /** Of all processes so far. */
  long executions() {
    return executions;
  }

  /** Resident memory of the largest process. */
  long peakMegabytes() {
    return peakMegabytes;
  }

  Path log() {
    return folder.resolve("log");
  }

  /** True if nothing was found until the limit. */
  boolean run(String limit) throws IOException, InterruptedException {
    return ended(limit, corpus);
  }

  /** A folder with the fewest inputs of the corpus that reach as much. */
  Path least() throws IOException, InterruptedException {
    Path least = Files.createDirectories(folder.resolve("least"));
    if (!ended("-merge=1", least, corpus)) {
      throw new IOException("the corpus can't be reduced, see " + log());
    }
    return least;
  }

  private boolean ended(String task, Path... corpora) throws IOException, InterruptedException {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+EnableDynamicAgentLoading",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + ReaderFuzzer.class.getName(),
                "--target_args=" + reader + "," + work,
                "--instrumentation_includes=dev.vitrine.**",
                // the page is asked on the loopback address
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                task,
                "-timeout=" + SECONDS_FOR_ONE,
                "-rss_limit_mb=" + MEBIBYTES,
                "-max_len=" + BYTES,
                "-print_final_stats=1",
                "-artifact_prefix=" + folder + "/"));
    for (Path c : corpora) {
      words.add(c.toString());
    }
    int code =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log().toFile()))
            .start()
            .waitFor();
    return code == 0 && (task.startsWith("-merge") || counted());
  }

  /** Adds what the process says it did; false if it says nothing. */
  private boolean counted() throws IOException {
    Matcher m = STATISTIC.matcher(Files.readString(log(), StandardCharsets.ISO_8859_1));
    long before = executions;
    while (m.find()) {
      long value = Long.parseLong(m.group(2));
      switch (m.group(1)) {
        case "number_of_executed_units" -> executions += value;
        case "peak_rss_mb" -> peakMegabytes = Math.max(peakMegabytes, value);
        default -> {}
      }
    }
    return executions > before;
  }
}
