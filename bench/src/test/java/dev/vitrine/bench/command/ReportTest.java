package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private Cli cli;

  @TempDir private Path folder;

  @BeforeEach
  void commandLine() {
    cli = new Cli(folder);
  }

  private Cli.Answer report(Path run, Object... more) throws IOException {
    Object[] first = {"report", run, "--rows", "0-3", "--backend", "scalar", "--progress", "none"};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return cli.run(all);
  }

  private Path images() throws IOException {
    Path run = cli.path("images");
    Object[] train = {
      "train",
      "--data",
      "mnist",
      "--data-dir",
      cli.images(),
      "--model",
      "conv2d(1, 2, 2) relu flatten linear(18, 10)",
      "--epochs",
      1,
      "--out",
      run,
      "--backend",
      "scalar"
    };
    assertEquals(0, cli.run(train).code());
    return run;
  }

  @Test
  void aReportOfImagesNeedsNothingBesideIt() throws IOException {
    Path run = images();
    Cli.Answer a = report(run, "--data", "mnist", "--data-dir", cli.images());
    assertEquals(0, a.code(), a.err());
    String html = Files.readString(run.resolve("report.html"));
    assertFalse(Pattern.compile("https?:|url\\((?!%23)|<script|<link").matcher(html).find());
    var sources = Pattern.compile("src=\"(.{15})").matcher(html).results().toList();
    assertTrue(sources.size() >= 2, "pictures: " + sources.size());
    sources.forEach(m -> assertTrue(m.group(1).startsWith("data:image/"), m.group(1)));
    assertEquals(sources.size(), Pattern.compile("alt=\"[^\"]+").matcher(html).results().count());
    var ids = new HashSet<String>();
    Pattern.compile(" id=\"([^\"]+)")
        .matcher(html)
        .results()
        .forEach(m -> assertTrue(ids.add(m.group(1))));
    Pattern.compile("href=\"#([^\"]+)")
        .matcher(html)
        .results()
        .forEach(m -> assertTrue(ids.contains(m.group(1))));
    assertTrue(html.contains("<th scope=\"row\">grad-cam</th>"));
    assertFalse(html.contains("{{"));
  }

  /** The charts' descriptions say areas; the table says them too, with three digits. */
  @Test
  void curvesHaveTheAreasOfTheTable() throws IOException {
    Path run = images();
    Object[] data = {"--data", "mnist", "--data-dir", cli.images(), "--method", "saliency,random"};
    assertEquals(0, report(run, data).code());
    String html = Files.readString(run.resolve("report.html"));
    var cells =
        Pattern.compile("<th scope=\"row\">saliency</th><td[^>]*>([.0-9]+).*?<td[^>]*>([.0-9]+)")
            .matcher(html);
    assertTrue(cells.find(), html);
    for (int c = 1; c <= 2; c++) {
      var area = Pattern.compile("areas: saliency ([.0-9]+), random").matcher(html);
      for (int skip = 0; skip < 2 * c - 1; skip++) {
        assertTrue(area.find(), "a description before each curve, twice");
      }
      // three digits each, rounded
      double seen = Double.parseDouble(area.group(1));
      assertEquals(Double.parseDouble(cells.group(c)), seen, 1e-3);
    }
    assertTrue(html.contains("ROC curves") || html.contains("against all others"), "ROC");
  }

  /** Slow: ten images by each method, and one row of 28 × 28 pixels judged. */
  @Tag("slow")
  @Test
  void allMethodsOfImagesTakeLessThanThreeMegabytes() throws IOException {
    Path run = cli.path("large");
    Path images = cli.images(28);
    Object[] train = {
      "train",
      "--data",
      "mnist",
      "--data-dir",
      images,
      "--model",
      "conv2d(1, 2, 5) relu maxPool2d(4) flatten linear(72, 10)",
      "--epochs",
      1,
      "--out",
      run
    };
    assertEquals(0, cli.run(train).code());
    Object[] report = {
      "report",
      run,
      "--rows",
      "0",
      "--progress",
      "none",
      "--data-dir",
      images,
      "--method",
      "all,random"
    };
    Cli.Answer a = cli.run(report);
    assertEquals(0, a.code(), a.err());
    long size = Files.size(run.resolve("report.html"));
    assertTrue(size < 3_000_000, "bytes: " + size);
    String html = Files.readString(run.resolve("report.html"));
    assertTrue(html.contains("<th scope=\"row\">random</th>"), "all,random has the random map");
  }

  @Test
  void aReportSaysWhatEvalSays() throws IOException {
    cli.train(cli.path("run"));
    Object[] data = {"--data", cli.table(), "--label", "kind"};
    Cli.Answer a = report(cli.path("run"), data);
    assertEquals(0, a.code(), a.err());
    String html = Files.readString(cli.path("run/report.html"));
    Path model = cli.path("run/model.safetensors");
    Cli.Answer e =
        cli.run("eval", model, "--data", cli.table(), "--label", "kind", "--backend", "scalar");
    String accuracy = e.out().replaceAll("(?s).*accuracy ([.0-9]+).*", "$1");
    assertTrue(html.contains("<dd>" + accuracy + "</dd>"), accuracy);
    String hash = e.out().replaceAll("(?s).*model hash (\\w+).*", "$1");
    assertTrue(html.contains("<code>" + hash + "</code>"), hash);
    assertTrue(
        html.contains("&#39;" + Cli.LAYERS + "&#39; --epochs 3\n"), "no --out, no --backend");
  }

  @Test
  void foldersWithoutATrainingAreRefused() throws IOException {
    Files.createDirectories(cli.path("empty"));
    Cli.Answer none = report(cli.path("empty"));
    assertEquals(2, none.code());
    assertTrue(none.err().contains("no run.json there; name a folder that train"), none.err());
    cli.train(cli.path("run"));
    cli.train(cli.path("other"), "--seeds", 1);
    Path model = cli.path("run/model.safetensors");
    Files.delete(model);
    Files.copy(cli.path("other/model.safetensors"), model);
    Cli.Answer other = report(cli.path("run"), "--data", cli.table(), "--label", "kind");
    assertEquals(2, other.code());
    assertTrue(other.err().contains("train it again"), other.err());
  }
}
