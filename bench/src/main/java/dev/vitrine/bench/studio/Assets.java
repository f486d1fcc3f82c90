package dev.vitrine.bench.studio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of the page: read when the page opens, so that no request ever names a file. */
record Assets(String type, byte[] content) implements HttpHandler {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "activation.js",
          "api.js",
          "bars.js",
          "card.js",
          "centring.js",
          "chart.js",
          "choices.js",
          "closer.js",
          "colours.js",
          "columns.js",
          "dom.js",
          "drawing.js",
          "erase.js",
          "examples.js",
          "image.js",
          "ledger.js",
          "live.js",
          "main.js",
          "maps.js",
          "path.js",
          "table.js",
          "tape.js",
          "waterfall.js");

  /** By path. */
  static Map<String, HttpHandler> all() {
    var all = new LinkedHashMap<String, HttpHandler>();
    all.put("/", of("studio.html", HTML));
    all.put("/studio.css", of("studio.css", CSS));
    all.put("/icon.svg", of("icon.svg", "image/svg+xml"));
    SCRIPTS.forEach(name -> all.put("/" + name, of(name, SCRIPT)));
    return all;
  }

  private static Assets of(String name, String type) {
    try (var in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name + " is not in vitrine-bench's jar: build it anew");
      }
      return new Assets(type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, content.length);
    exchange.getResponseBody().write(content);
  }
}
