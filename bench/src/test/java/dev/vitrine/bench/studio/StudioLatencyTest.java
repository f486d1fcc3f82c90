package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.Browser;
import dev.vitrine.bench.run.Workload;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/**
 * Milliseconds from a mouse event to the picture that shows it, with the CNN of the quickstart.
 *
 * <p>{@code -Dvitrine.studio.latency=FILE} measures 200 strokes by each method and writes them as
 * JSON.
 */
@Tag("browser")
class StudioLatencyTest {
  private static final String[] METHODS = {
    "input-x-gradient", "integrated-gradients", "lrp-epsilon", "grad-cam"
  };

  /** A second is far more than the 50 ms that are aimed at: only hangs fail on a busy machine. */
  private static final double HANGS = 1000;

  @Test
  void strokesAreSeenAtOnce() throws IOException {
    String file = System.getProperty("vitrine.studio.latency");
    int strokes = file == null ? 10 : 200;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("device", Device.standard().toString());
    json.put("model", Workload.QUICKSTART.model());
    json.put("strokes", strokes);
    try (var room = Rooms.open(DrawnDigits.of(7, 1000, 20), 1, Workload.QUICKSTART.model());
        var browser = LivePage.at(room.studio().url(), 1280, 900)) {
      for (String method : METHODS) {
        double[] took = measured(browser, method, strokes);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("median_ms", at(took, 0.5));
        figures.put("p95_ms", at(took, 0.95));
        json.put(method, figures);
        assertTrue(at(took, 0.5) < HANGS, () -> method + ": " + Arrays.toString(took));
      }
    }
    if (file != null) {
      var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      Files.writeString(Path.of(file), mapper.writeValueAsString(json) + "\n");
    }
  }

  /** Each stroke is one movement of the mouse, and begins when the last one has been seen. */
  private static double[] measured(Browser browser, String method, int strokes) {
    browser.find("#clear").click();
    new Select(browser.find(".choices select")).selectByValue(method);
    LivePage.draw(browser, LivePage.points(0.3, 0.3, 0.31, 0.3));
    browser.until(
        "the method has run", () -> browser.text(".picture .note").startsWith(method + " took"));
    WebElement canvas = browser.find("#canvas");
    double[] took = new double[strokes];
    int side = canvas.getSize().width;
    browser.actions().moveToElement(canvas, -side / 4, -side / 4).clickAndHold().perform();
    for (int i = 0; i < strokes; i++) {
      browser.js("performance.clearMeasures()");
      double turn = 0.4 * i;
      int x = (int) (side * (0.3 * StrictMath.sin(turn)));
      int y = (int) (side * (0.3 * StrictMath.cos(0.61 * turn)));
      browser.actions().moveToElement(canvas, x, y).perform();
      took[i] =
          ((Number)
                  browser.later(
                      """
                      const done = arguments[0];
                      const look = () => {
                        const [seen] = performance.getEntriesByName('stroke to picture');
                        if (seen) done(seen.duration); else setTimeout(look, 1);
                      };
                      look();
                      """))
              .doubleValue();
    }
    browser.actions().release().perform();
    Arrays.sort(took);
    return took;
  }

  /** Nearest rank. */
  private static double at(double[] sorted, double share) {
    double v = sorted[Math.max((int) Math.ceil(share * sorted.length), 1) - 1];
    return Math.round(10 * v) / 10.0;
  }
}
