package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.gradient.IntegratedGradients;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the page is told is what the Java API says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudioApiTest {
  private Rooms.Room digits;
  private Rooms.Room table;
  private RawHttp http;
  private Tensor x;
  private String drawn = "";

  @BeforeAll
  void openTheStudios() throws IOException {
    digits = Rooms.two();
    table = Rooms.table();
    http = RawHttp.of(digits.studio().url());
    x = digits.data().test().input(3);
    drawn = Floats.encoded(x.toFloats());
  }

  @AfterAll
  void closeTheStudios() {
    digits.close();
    table.close();
  }

  private JsonNode ask(String what, String more) throws IOException {
    return ask(http, what, "\"x\": \"" + drawn + "\"" + more);
  }

  private static JsonNode ask(RawHttp http, String what, String fields) throws IOException {
    var reply = http.ask(what, "{" + fields + "}");
    assertEquals(200, reply.status(), reply.body());
    return reply.json();
  }

  private static float[] floats(JsonNode base64) {
    return Floats.decoded("answer", base64.textValue());
  }

  private static float[] numbers(JsonNode array) {
    float[] all = new float[array.size()];
    IntStream.range(0, all.length).forEach(i -> all[i] = array.get(i).floatValue());
    return all;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float v : values) {
      sum += v;
    }
    return sum;
  }

  @Test
  void floatsKeepTheirBits() {
    float[] all = {0, -0f, 1, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, -1e-20f};
    assertArrayEquals(all, Floats.decoded("all", Floats.encoded(all)));
  }

  @Test
  void thePageHasEverythingThatItNames() throws IOException {
    var page = http.get("/");
    assertEquals(200, page.status());
    var wanted = new ArrayList<String>();
    var links = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");
    links.matcher(page.body()).results().forEach(m -> wanted.add(m.group(1)));
    var imports = Pattern.compile("from '\\.(/[^']+)'");
    for (int i = 0; i < wanted.size(); i++) {
      var file = http.get(wanted.get(i));
      assertEquals(200, file.status(), wanted.get(i));
      imports
          .matcher(file.body())
          .results()
          .map(m -> m.group(1))
          .filter(name -> !wanted.contains(name))
          .forEach(wanted::add);
    }
    assertTrue(wanted.size() > 20, wanted.toString());
  }

  @Test
  void aTestRowComesAsItIs() throws IOException {
    JsonNode row = ask(http, "row", "\"row\": 3");
    assertArrayEquals(x.toFloats(), floats(row.get("x")));
    assertEquals(digits.data().test().label(3), row.get("label").intValue());
  }

  @Test
  void everyMethodThatIsOfferedExplains() throws IOException {
    JsonNode about = ask(http, "about", "");
    assertEquals(2, about.get("models").size());
    var methods = new ArrayList<String>();
    about.get("models").get(0).get("methods").fieldNames().forEachRemaining(methods::add);
    assertEquals(Methods.all(), methods);
    for (String method : List.of("saliency", "deeplift", "lrp-zplus", "rise", "lime", "grad-cam")) {
      JsonNode said = ask("explain", ", \"model\": 0, \"method\": \"" + method + "\"");
      assertEquals(784, floats(said.get("map")).length, method);
    }
  }

  @Test
  void anExplanationHasTheBitsThatTheLibraryGives() throws IOException {
    JsonNode said =
        ask("explain", ", \"model\": 1, \"target\": 4, \"method\": \"integrated-gradients\"");
    var method = new IntegratedGradients().tolerance(1e-3);
    var expected = method.explain(digits.models().get(1), x, Target.of(4));
    assertArrayEquals(expected.values().toFloats(), floats(said.get("map")));
    assertEquals(expected.outputs()[0], said.get("value").floatValue());
    assertEquals(4, said.get("target").intValue());
    float[] probabilities = numbers(said.get("said"));
    assertEquals(1, sum(probabilities), 1e-5, "ten roundings of less than 1e-7");
    assertEquals(Exhibit.largest(probabilities), said.get("predicted").intValue());
  }

  @Test
  void aDraftIsTheSameMethodWithFewerPoints() throws IOException {
    String ig = ", \"model\": 1, \"target\": 4, \"method\": \"integrated-gradients\"";
    JsonNode draft = ask("explain", ig + ", \"draft\": true");
    var method = new IntegratedGradients().steps(Draft.POINTS);
    var expected = method.explain(digits.models().get(1), x, Target.of(4));
    assertTrue(draft.get("draft").booleanValue());
    assertEquals(Draft.POINTS, draft.get("points").intValue());
    assertArrayEquals(expected.values().toFloats(), floats(draft.get("map")));
    double difference = expected.outputs()[0] - outputOfNothing(4);
    assertEquals(
        sum(floats(draft.get("map"))) - difference,
        draft.get("gap").doubleValue(),
        1e-5,
        "the gap is a difference of float32 outputs of about 1");
    JsonNode whole = ask("explain", ig + ", \"draft\": false");
    assertFalse(whole.get("draft").booleanValue());
    assertTrue(whole.get("points").intValue() >= Draft.POINTS);
    assertTrue(
        Math.abs(whole.get("gap").doubleValue()) <= 1e-3 * Math.max(Math.abs(difference), 1));
    JsonNode other = ask("explain", ", \"model\": 1, \"method\": \"saliency\", \"draft\": true");
    assertFalse(other.get("draft").booleanValue(), "saliency has no draft");
  }

  private double outputOfNothing(int target) {
    try (var subject = Subject.of(digits.models().get(1), Device.standard())) {
      return subject.outputs(Tensor.of(x.shape(), new float[784])).at(target);
    }
  }

  @Test
  void aLayerCanBeChosenForClassActivationMaps() throws IOException {
    float[] last = floats(ask("explain", ", \"model\": 0, \"method\": \"layer-cam\"").get("map"));
    float[] first =
        floats(
            ask("explain", ", \"model\": 0, \"method\": \"layer-cam\", \"layer\": \"relu1\"")
                .get("map"));
    assertFalse(Arrays.equals(last, first));
  }

  @Test
  void thePathEndsWhereTheAttributionsAddUpToTheRiseOfTheOutput() throws IOException {
    JsonNode path = ask("path", ", \"model\": 1, \"target\": 2");
    float[] values = numbers(path.get("values"));
    float[] sums = floats(path.get("sums"));
    int points = AlongPath.POINTS;
    assertEquals(points, values.length);
    float[] last = Arrays.copyOfRange(sums, (points - 1) * 784, points * 784);
    double rise = values[points - 1] - values[0];
    assertEquals(rise, sum(last), 0.02 * Math.max(1, Math.abs(rise)), "the trapezoid rule's error");
    assertEquals(0, sum(Arrays.copyOf(sums, 784)));
  }

  @Test
  void erasingEverythingEndsTheSameInAnyOrder() throws IOException {
    float[] map = x.toFloats();
    JsonNode curve =
        ask("erase", ", \"model\": 0, \"target\": 1, \"map\": \"" + Floats.encoded(map) + "\"");
    float[] ours = numbers(curve.get("said"));
    float[] random = numbers(curve.get("random"));
    assertEquals(51, ours.length);
    assertEquals(ours[0], random[0], 1e-6, "the mean of eight equal numbers");
    assertEquals(ours[50], random[50], 1e-6, "the same");
    int[] order = new ObjectMapper().convertValue(curve.get("order"), int[].class);
    for (int i = 1; i < order.length; i++) {
      assertTrue(map[order[i - 1]] >= map[order[i]]);
    }
  }

  @Test
  void nanIsNeverTheMostImportant() {
    assertArrayEquals(
        new int[] {2, 1, 3, 0},
        Erased.largestFirst(new float[] {Float.NaN, 1, 2, Float.NEGATIVE_INFINITY}));
  }

  @Test
  void nodesHoldWhatTheNetworkComputes() throws IOException {
    JsonNode tape = ask("tape", ", \"model\": 0");
    JsonNode last = tape.get(tape.size() - 1);
    JsonNode value = ask("node", ", \"model\": 0, \"node\": " + last.get("index"));
    try (var subject = Subject.of(digits.models().getFirst(), Device.standard())) {
      assertArrayEquals(subject.outputs(x).toFloats(), floats(value.get("values")));
    }
    assertEquals("input", tape.get(0).get("op").textValue());
    assertTrue(last.get("microseconds").doubleValue() > 0);
    assertEquals(40, last.get("bytes").longValue());
    int recorded = 0;
    try (var t = Tape.recording(Device.standard())) {
      digits.models().getFirst().record(t.input("x", x), Mode.EVALUATION);
      recorded = t.nodes().size();
    }
    assertEquals(recorded, tape.size());
  }

  @Test
  void rowsOfATableAreAskedForAndAnsweredInTheUnitsOfTheirFile() throws IOException {
    var other = RawHttp.of(table.studio().url());
    JsonNode columns = ask(other, "about", "").get("columns");
    assertEquals("a", columns.get(0).get("name").textValue());
    assertEquals(10, columns.get(0).get("low").doubleValue());
    assertEquals(0, columns.get(0).get("decimals").intValue());
    assertEquals(0.9, columns.get(1).get("high").doubleValue());
    assertEquals(4, columns.get(1).get("decimals").intValue(), "a range of 0.4 in 1000 steps");
    assertEquals("Rome", columns.get(2).get("categories").get(1).textValue());
    String row = "[12, 0.8125, 0]";
    JsonNode first = ask(other, "row", "\"row\": 0").get("x");
    assertEquals(10 + 300 * 37 % 21, first.get(0).doubleValue());
    assertEquals((500 + 300 * 53 % 401) / 1000.0, first.get(1).doubleValue());
    assertEquals(300 * 71 % 89 % 2 == 0 ? 1 : 0, first.get(2).doubleValue());
    JsonNode said =
        ask(other, "explain", "\"model\": 0, \"method\": \"input-x-gradient\", \"x\": " + row);
    assertEquals(3, floats(said.get("map")).length, "a town is one column, not two");
    JsonNode path = ask(other, "path", "\"model\": 0, \"target\": 1, \"x\": " + row);
    assertEquals(3 * AlongPath.POINTS, floats(path.get("sums")).length);
    JsonNode curve =
        ask(
            other,
            "erase",
            "\"model\": 0, \"target\": 1, \"map\": \"%s\", \"x\": %s"
                .formatted(Floats.encoded(1, 2, 3), row));
    assertEquals(4, curve.get("said").size(), "no column, one, two, all");
    try (var subject = Subject.of(table.models().getFirst(), Device.standard())) {
      float[] y = subject.outputs(Tensor.of(Shape.of(1, 4), new float[4])).toFloats();
      assertEquals(
          1 / (1 + Math.exp(y[0] - y[1])),
          curve.get("said").get(3).doubleValue(),
          1e-6,
          "a softmax in float32");
    }
  }

  @Test
  void aChangeOfClassIsWhatTheModelSaysOfThatRow() throws IOException {
    try (var single = Rooms.single()) {
      for (var room : List.of(table, single)) {
        var other = RawHttp.of(room.studio().url());
        for (String row :
            List.of("[27, 0.75, 1]", "[14, 0.6125, 0]", "[20, 0.7, 1]", "[20, 0.7, 0]")) {
          JsonNode before = ask(other, "explain", "\"model\": 0, \"x\": " + row);
          JsonNode change = ask(other, "change", "\"model\": 0, \"x\": " + row);
          assertTrue(change.get("found").booleanValue());
          assertEquals(before.get("predicted"), change.get("before"));
          JsonNode x = change.get("x");
          JsonNode after = ask(other, "explain", "\"model\": 0, \"x\": " + x);
          assertEquals(change.get("after"), after.get("predicted"));
          assertFalse(change.get("after").equals(change.get("before")));
          assertEquals(x.get(0).doubleValue(), Math.rint(x.get(0).doubleValue()), "a is whole");
          assertTrue(x.get(0).doubleValue() >= 10 && x.get(0).doubleValue() <= 30, x.toString());
          JsonNode was = new ObjectMapper().readTree(row);
          for (int j = 0; j < 3; j++) {
            boolean named = change.get("columns").toString().contains("" + j);
            assertEquals(
                was.get(j).doubleValue() != x.get(j).doubleValue(), named, row + " " + change);
          }
        }
      }
    }
  }

  @Test
  void manyAskAtOnceAndGetTheSameBits() throws Exception {
    String alone =
        ask("explain", ", \"model\": 0, \"method\": \"lrp-epsilon\"").get("map").textValue();
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<String> one =
          () ->
              ask("explain", ", \"model\": 0, \"method\": \"lrp-epsilon\"").get("map").textValue();
      for (var reply : threads.invokeAll(Collections.nCopies(40, one))) {
        assertEquals(alone, reply.get());
      }
    }
  }
}
