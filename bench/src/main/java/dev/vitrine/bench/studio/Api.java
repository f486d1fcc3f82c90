package dev.vitrine.bench.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;

/** JSON in, JSON out: whatever a body says, the answer is what was asked for or one sentence. */
record Api(Answer answer, Showcase showcase) implements HttpHandler {
  /** Bytes of a body. */
  static final int MOST = 4 << 20;

  private static final long DRAINED = 4L * MOST;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MOST + 1);
    if (body.length > MOST) {
      // who is still sending would not read the answer
      exchange.getRequestBody().skip(DRAINED);
      refuse(exchange, 413, "the body is too large: %d bytes are the most".formatted(MOST));
      return;
    }
    int status = 200;
    Object said;
    try {
      said = answer.to(new Asked(read(body), showcase));
    } catch (IllegalArgumentException | ArithmeticException e) {
      status = 400;
      said = error(e);
    } catch (Lanes.Busy e) {
      status = 503;
      said = error(e);
    } catch (RuntimeException | Error e) { // nothing that a body says may end the server
      System.err.println(
          "vitrine: %s: error of its own: %s".formatted(exchange.getRequestURI(), e));
      status = 500;
      said = Map.of("error", "an error of the server's own: " + e);
    }
    send(exchange, status, said);
  }

  private static JsonNode read(byte[] body) throws IOException {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, String> error(RuntimeException e) {
    return Map.of("error", e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /** Says no in one sentence. */
  static void refuse(HttpExchange exchange, int status, String sentence) throws IOException {
    send(exchange, status, Map.of("error", sentence));
  }

  private static void send(HttpExchange exchange, int status, Object said) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(said);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
