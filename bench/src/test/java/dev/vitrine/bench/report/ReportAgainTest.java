package dev.vitrine.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.bench.Vitrine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's commands, run by a shell in an empty folder, give the page's hashes. */
class ReportAgainTest {
  @TempDir private Path folder;

  private void vitrine(String... words) {
    var said = new StringWriter();
    assertEquals(
        0,
        Vitrine.run(new PrintWriter(said, true), new PrintWriter(said, true), words),
        said::toString);
  }

  /** What stands between the tags, as a browser shows it. */
  private static String text(String html, String from, String to) {
    int start = html.indexOf(from) + from.length();
    return html.substring(start, html.indexOf(to, start))
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&#x3D;", "=")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private static List<String> hashes(String html) {
    return Pattern.compile("<code>([0-9a-f]{12,})</code>")
        .matcher(html)
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  /** An empty folder in which {@code bench/vitrine} is this program. */
  private Path elsewhere() throws Exception {
    Path bench = Files.createDirectories(folder.resolve("else where/bench"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = bench.resolve("vitrine");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
          -cp '%s' %s "$@"
        """
            .formatted(java, System.getProperty("java.class.path"), Vitrine.class.getName()));
    assertTrue(script.toFile().setExecutable(true));
    return bench.getParent();
  }

  private void assertAgain(Path run) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh runs the commands");
    String html = Files.readString(run.resolve("report.html"));
    String commands = text(html, "<pre>", "</pre>");
    Path there = elsewhere();
    Process p =
        new ProcessBuilder("/bin/sh", "-e", "-c", commands)
            .directory(there.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(p.getInputStream().readAllBytes());
    assertEquals(0, p.waitFor(), commands + said);
    var pages = Pattern.compile("written to (\\S+)").matcher(said);
    assertTrue(pages.find(), said);
    String again = Files.readString(there.resolve(pages.group(1)));
    assertEquals(hashes(html), hashes(again));
    assertEquals(commands, text(again, "<pre>", "</pre>"));
  }

  /** Slow: images are explained by masks, twice. */
  @Tag("slow")
  @Test
  void theCommandsGiveTheHashesOfImages() throws Exception {
    Path run = folder.resolve("mine");
    String layers = "conv2d(1, 2, 3) relu maxPool2d(4) flatten linear(72, 10)";
    vitrine("train", "--data", "drawn", "--model", layers, "--epochs=1", "--out", run.toString());
    String[] report = {
      "report", "--rows", "0-2", "--method", "saliency,rise", "--progress=none", run.toString()
    };
    vitrine(report);
    assertEquals(3, hashes(Files.readString(run.resolve("report.html"))).size());
    assertAgain(run);
  }

  /** A name that a shell would take apart, and a range of seeds of which the last one counts. */
  @Test
  void theCommandsGiveTheHashesOfATable() throws Exception {
    var rows = new StringBuilder("a,b,who's\n");
    for (int i = 0; i < 40; i++) {
      rows.append("%d,%d,%s%n".formatted(i % 7, i % 5, i % 7 > 3 ? "yes" : "no"));
    }
    Path csv = Files.writeString(folder.resolve("my table.csv"), rows);
    Path run = folder.resolve("mine");
    String[] data = {"--data", csv.toString(), "--label", "who's"};
    vitrine(
        "train",
        data[0],
        data[1],
        data[2],
        data[3],
        "--model",
        "linear(2, 4) relu linear(4, 2)",
        "--seeds",
        "1-2",
        "--out",
        run.toString());
    vitrine(
        "report",
        run.toString(),
        data[0],
        data[1],
        data[2],
        data[3],
        "--rows",
        "0-3",
        "--method",
        "lrp-epsilon");
    assertAgain(run);
  }
}
