package dev.vitrine.bench.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has Jazzer fuzz readers one after the other, each for so many seconds, and counts. */
public final class Fuzzing {
  private static final Pattern STATISTIC = Pattern.compile("stat::(\\w+):\\s+(\\d+)");
  private static final int MEBIBYTES = 3000;
  private static final int SECONDS_FOR_ONE = 10;
  private static final int BYTES = 8192;

  /** What came of one reader. */
  record Result(String reader, long executions, int seconds, long peakMegabytes, String finding) {}

  private Fuzzing() {}

  /** Seconds for each reader, a folder to work in, a file for the results, and readers, or none. */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    Path folder = Files.createDirectories(Path.of(args[1]));
    var results = new ArrayList<Result>();
    List<Reader> readers =
        args.length == 3
            ? List.of(Reader.values())
            : Arrays.stream(args).skip(3).map(Reader::named).toList();
    for (Reader r : readers) {
      Result result = fuzz(r, seconds, folder.resolve(r.toString()));
      results.add(result);
      System.out.printf(
          Locale.ROOT,
          "%-12s %,10d executions in %d s, %d MB at most, %s%n",
          r,
          result.executions,
          result.seconds,
          result.peakMegabytes,
          result.finding.isEmpty() ? "no finding" : "FOUND: " + result.finding);
    }
    var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    byte[] text = (json.writeValueAsString(results) + "\n").getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(Path.of(args[2]), text);
    System.exit(results.stream().allMatch(r -> r.finding.isEmpty()) ? 0 : 1);
  }

  private static Result fuzz(Reader reader, int seconds, Path folder)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(Reader.IDX.file(work).getParent());
    Files.write(corpus.resolve("example"), Examples.of(reader, work));
    Path log = folder.resolve("log");
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
                "--target_args=" + reader + " " + work,
                "--instrumentation_includes=dev.vitrine.**",
                // the page is asked on the loopback address
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_FOR_ONE,
                "-rss_limit_mb=" + MEBIBYTES,
                "-max_len=" + BYTES,
                "-print_final_stats=1",
                "-artifact_prefix=" + folder + "/",
                corpus.toString()));
    Process p =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    int code = p.waitFor();
    long executions = 0;
    long peak = 0;
    Matcher m = STATISTIC.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
    while (m.find()) {
      long value = Long.parseLong(m.group(2));
      switch (m.group(1)) {
        case "number_of_executed_units" -> executions = value;
        case "peak_rss_mb" -> peak = value;
        default -> {}
      }
    }
    String finding = code == 0 && executions > 0 ? "" : "see " + log;
    return new Result(reader.toString(), executions, seconds, peak, finding);
  }
}
