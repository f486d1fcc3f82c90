package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void timesAreSaidAsPeopleDo() {
    assertEquals("0 s", Progress.duration(0.2));
    assertEquals("59 s", Progress.duration(59.4));
    assertEquals("3 min 05 s", Progress.duration(185));
    assertEquals("2 h 07 min", Progress.duration(2 * 3600 + 7 * 60 + 59));
  }

  @Test
  void aLineHasShareFiguresRateAndTimeLeft() {
    var figures = new TreeMap<String, Object>(Map.of("epoch", 2, "loss", 0.25f));
    assertEquals(
        "net: 25 %, epoch 2, loss 0.2500, 100 rows/s, 3 s left\n",
        shown(Progress.Style.LINES, figures));
  }

  @Test
  void onRequestALineIsAnObject() throws IOException {
    JsonNode line = new ObjectMapper().readTree(shown(Progress.Style.JSON, Map.of("loss", 0.25f)));
    assertEquals("net", line.at("/work").asText());
    assertEquals(100, line.at("/done").asLong());
    assertEquals(400, line.at("/total").asLong());
    assertEquals("rows", line.at("/unit").asText());
    assertEquals(100, line.at("/per_second").asDouble());
    assertEquals(3, line.at("/seconds_left").asDouble());
    assertEquals(0.25, line.at("/loss").asDouble());
  }

  @Test
  void whatWasJustShownIsNotDue() {
    var out = new StringWriter();
    var progress = new Progress(new PrintWriter(out), Progress.Style.LINES, "net", "rows");
    progress.at(1, 2, Map.of());
    assertEquals("", out.toString());
  }

  @Test
  void stylesAreRefusedByName() {
    assertEquals(Progress.Style.JSON, Progress.Style.named("json"));
    var e = assertThrows(IllegalArgumentException.class, () -> Progress.Style.named("loud"));
    assertEquals("--progress loud: it is bar, lines, json or none", e.getMessage());
  }

  private static String shown(Progress.Style style, Map<String, ?> figures) {
    var out = new StringWriter();
    new Progress(new PrintWriter(out), style, "net", "rows").show(100, 400, 100, figures);
    return out.toString();
  }
}
