package dev.vitrine.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.bench.Browser;
import dev.vitrine.bench.Vitrine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The report as a reader has it: any width, light and dark, by keyboard, without a network. */
@Tag("browser")
class ReportPageTest {
  @TempDir private Path folder;

  private void vitrine(String... words) {
    var said = new StringWriter();
    assertEquals(
        0,
        Vitrine.run(new PrintWriter(said, true), new PrintWriter(said, true), words),
        said::toString);
  }

  @Test
  void aReportOfATableIsReadable() throws IOException {
    var rows = new StringBuilder("width,height,kind\n");
    for (int i = 0; i < 60; i++) {
      rows.append("%d,%d,%s%n".formatted(i % 7, i % 11, i % 7 > i % 11 ? "wide" : "high"));
    }
    String csv = Files.writeString(folder.resolve("table.csv"), rows).toString();
    String run = folder.resolve("run").toString();
    String[] data = {"--data", csv, "--label", "kind"};
    String layers = "linear(2, 4) relu linear(4, 2)";
    vitrine(
        "train",
        data[0],
        data[1],
        data[2],
        data[3],
        "--model",
        layers,
        "--epochs",
        "2",
        "--out",
        run);
    vitrine("report", run, data[0], data[1], data[2], data[3], "--rows", "0-9");
    try (Browser b =
        Browser.at(Path.of(run, "report.html").toUri().toString(), 360, 900, _ -> {})) {
      b.look("report-table");
      b.assertQuiet();
    }
  }

  @Test
  void aReportIsReadableAtAnyWidthInLightAndDarkAndByKeyboard() throws IOException {
    String run = folder.resolve("run").toString();
    String layers = "conv2d(1, 4, 3) relu maxPool2d(4) flatten linear(144, 10)";
    vitrine("train", "--data", "drawn", "--model", layers, "--epochs", "2", "--out", run);
    vitrine("report", run, "--rows", "0-3", "--progress", "none", "--method", "saliency,grad-cam");
    String url = Path.of(run, "report.html").toUri().toString();
    try (Browser b = Browser.at(url, 1000, 900, _ -> {})) {
      b.look("report");
      assertEquals(
          List.of(),
          b.js(
              """
              return [...document.images].filter((i) => i.width < i.getAttribute('width')).map((i) => i.alt);
              """),
          "on a phone pictures keep their size, and scroll in a box of their own");
      Object blank = b.js("return [...document.images].filter((i) => !i.naturalWidth).length");
      assertEquals(0, ((Number) blank).intValue(), "pictures that can't be shown");
      b.js("window.scrollTo(0, 0)");
      b.tab(2);
      b.press(Keys.ENTER);
      assertEquals("#performance", b.js("return location.hash"));
      b.assertQuiet();
      b.print("report");
    }
  }
}
