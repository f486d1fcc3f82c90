package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.data.DrawnDigits;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, the studio says no in one sentence and goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudioRefusalsTest {
  private Rooms.Room room;
  private RawHttp http;
  private String x = "";

  @BeforeAll
  void openTheStudio() throws IOException {
    room = Rooms.open(DrawnDigits.of(7, 100, 20), 1, Rooms.MLP);
    http = RawHttp.of(room.studio().url());
    x = Floats.encoded(room.data().test().input(0).toFloats());
  }

  @AfterAll
  void closeTheStudio() {
    room.close();
  }

  @AfterEach
  void itStillAnswers() throws IOException {
    var reply = http.ask("explain", "{\"model\": 0, \"x\": \"" + x + "\"}");
    assertEquals(200, reply.status(), reply.body());
  }

  @Test
  void itListensOnThisMachineAlone() {
    assertTrue(room.studio().url().startsWith("http://127.0.0.1:"), room.studio().url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "", "[::1"})
  void aNameThatOthersCouldPointHereIsRefused(String host) throws IOException {
    var reply = http.send("GET / HTTP/1.1", "", "Host: " + host);
    assertTrue(reply.status() == 403 || reply.status() == 400, reply.head());
  }

  @Test
  void hostsAreNamedOnce() throws IOException {
    assertEquals(403, http.send("GET / HTTP/1.1", "").status());
    var twice = http.send("GET / HTTP/1.1", "", "Host: evil.example", "Host: " + http.name());
    assertTrue(twice.status() == 403 || twice.status() == 400, twice.head());
    assertEquals(200, http.send("GET / HTTP/1.1", "", "Host: localhost:" + http.port()).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"})
  void questionsFromOtherSitesAreRefused(String origin) throws IOException {
    var reply =
        http.send(
            "POST /api/about HTTP/1.1",
            "{}",
            "Host: " + http.name(),
            "Origin: " + origin,
            "Content-Type: application/json");
    assertEquals(403, reply.status());
    assertTrue(reply.error().contains("another site"), reply.body());
  }

  @Test
  void formsOfOtherSitesCannotAsk() throws IOException {
    String host = "Host: " + http.name();
    assertEquals(415, http.send("POST /api/about HTTP/1.1", "{}", host).status());
    assertEquals(
        415,
        http.send("POST /api/about HTTP/1.1", "{}", host, "Content-Type: text/plain").status());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/about, POST",
    "PUT, /api/about, POST",
    "OPTIONS, /api/about, POST",
    "POST, /, GET",
    "DELETE, /main.js, GET"
  })
  void otherMethodsAreRefused(String method, String path, String right) throws IOException {
    var reply = http.send(method + " " + path + " HTTP/1.1", "", "Host: " + http.name());
    assertEquals(405, reply.status());
    assertEquals(right, reply.header("Allow"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/api/",
        "/api/nothing",
        "/../pom.xml",
        "/..%2f..%2fetc/passwd",
        "/studio.html",
        "/package-info.class",
        "//etc/passwd",
        "/main.js/"
      })
  void whatIsNotThereIsNotFound(String path) throws IOException {
    assertEquals(404, http.get(path).status());
  }

  @Test
  void everyAnswerTellsTheBrowserToTrustNobody() throws IOException {
    for (String path : new String[] {"/", "/main.js", "/nothing"}) {
      var reply = http.get(path);
      assertTrue(reply.header("Content-Security-Policy").startsWith("default-src 'none'"));
      assertTrue(!reply.header("Content-Security-Policy").contains("unsafe"));
      assertEquals("nosniff", reply.header("X-Content-Type-Options"));
      assertEquals("no-referrer", reply.header("Referrer-Policy"));
      assertEquals("no-store", reply.header("Cache-Control"));
      assertEquals("", reply.header("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void largeBodiesAreRefused() throws IOException {
    var reply = http.ask("explain", "{\"x\": \"" + "A".repeat(Api.MOST) + "\"}");
    assertEquals(413, reply.status());
    assertTrue(reply.error().contains("4194304"), reply.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                   | the body must be a JSON object",
        "[]                                   | the body must be a JSON object",
        "{                                    | the body is no JSON",
        "{} {}                                | the body is no JSON",
        "{\"model\": 0}                       | x is missing: base64 of 784 float32 numbers",
        "{\"x\": \"AAAA\"}                    | model must be a whole number from 0 to 0",
        "{\"model\": 1}                       | model must be a whole number from 0 to 0; 1 was given",
        "{\"model\": 0.5}                     | model must be a whole number from 0 to 0",
        "{\"model\": 1e99}                    | model must be a whole number from 0 to 0",
        "{\"model\": 0, \"x\": 3}             | x must be a string; 3 was given",
        "{\"model\": 0, \"x\": \"é\"}         | x is no base64 of float32 numbers",
        "{\"model\": 0, \"x\": \"AAA=\"}      | x has 2 bytes, which are no whole float32 numbers",
        "{\"model\": 0, \"x\": \"AAAAAA==\"}  | x has 1 numbers, 784 are needed",
      })
  void badQuestionsAreAnsweredWithASentence(String body, String sentence) throws IOException {
    refused(http.ask("explain", body), sentence);
  }

  private static void refused(RawHttp.Reply reply, String sentence) {
    assertEquals(400, reply.status(), reply.body());
    assertTrue(reply.error().startsWith(sentence), reply.error());
    assertEquals(1, reply.error().lines().count());
  }

  @Test
  void numbersThatAreNoPixelsAreRefused() throws IOException {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -0.1f, 1.5f}) {
      float[] image = new float[784];
      image[5] = bad;
      String body = "{\"model\": 0, \"x\": \"%s\"}".formatted(Floats.encoded(image));
      refused(http.ask("explain", body), "x: element 5 is " + bad);
    }
  }

  @Test
  void namesAndNumbersThatThereAreNotAreRefused() throws IOException {
    String good = "{\"model\": 0, \"x\": \"" + x + "\", ";
    refused(
        http.ask("explain", good + "\"method\": \"magic\"}"), "method \"magic\" does not serve");
    refused(
        http.ask("explain", good + "\"method\": \"grad-cam\"}"), "method \"grad-cam\" does not");
    refused(
        http.ask("explain", good + "\"target\": 10}"), "target must be a whole number from 0 to 9");
    refused(http.ask("explain", good + "\"target\": \"1\"}"), "target must be a whole number");
    refused(
        http.ask("explain", good + "\"method\": \"saliency\", \"layer\": \"relu1\"}"),
        "method \"saliency\" looks at no layer");
    refused(http.ask("explain", good + "\"draft\": 1}"), "draft must be true or false; 1 was");
    refused(http.ask("path", good + "\"target\": -1}"), "target must be a whole number");
    refused(http.ask("node", good + "\"node\": 99}"), "node must be a whole number from 0 to");
    refused(http.ask("erase", good + "\"target\": 0}"), "map is missing: base64 of 784");
    refused(
        http.ask("row", "{\"row\": 20}"), "row must be a whole number from 0 to 19; 20 was given");
    refused(http.ask("change", good + "\"target\": 0}"), "changes are sought for tables");
  }

  @Test
  void rowsThatAreNoneOfTheTableAreRefused() throws IOException {
    try (var table = Rooms.table()) {
      var other = RawHttp.of(table.studio().url());
      String question = "{\"model\": 0, \"x\": %s}";
      var sentences =
          Map.of(
              "[20, 0.7]", "x must be an array of 3 numbers, one per column; [20,0.7] was given",
              "\"AAAA\"", "x must be an array of 3 numbers",
              "[20, \"much\", 0]", "x: b is \"much\"; it must be a number",
              "[20, null, 0]", "x: b is null; it must be a number",
              "[20, 0.7, 2]", "x: town is 2; it must be the number of a category, 0 to 1",
              "[20, 0.7, 0.5]", "x: town is 0.5; it must be the number of a category",
              "[20, 0.7, -1]", "x: town is -1; it must be",
              "[1e9, 0.7, 0]", "x: a is 1.0E9, which a model would see as");
      for (var bad : sentences.entrySet()) {
        refused(other.ask("explain", question.formatted(bad.getKey())), bad.getValue());
      }
    }
  }

  @Test
  void deepNestingEndsInASentenceToo() throws IOException {
    refused(http.ask("explain", "[".repeat(100_000)), "the body is no JSON");
  }

  @Test
  void whoConnectsAndSaysNothingKeepsNobodyWaiting() throws IOException {
    try (var silent = new Socket(http.host(), http.port());
        var halfway = new Socket(http.host(), http.port())) {
      halfway
          .getOutputStream()
          .write("POST /api/about HTTP/1.1\r\nHost: 127".getBytes(StandardCharsets.US_ASCII));
      assertTrue(silent.isConnected());
      itStillAnswers();
    }
  }
}
