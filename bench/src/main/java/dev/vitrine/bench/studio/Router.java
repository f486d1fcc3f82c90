package dev.vitrine.bench.studio;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Files are got, questions are posted, and there is nothing else. */
record Router(Map<String, HttpHandler> files, Map<String, HttpHandler> questions)
    implements HttpHandler {
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    HttpHandler file = files.get(path);
    HttpHandler question = questions.get(path);
    if (file == null && question == null) {
      Api.refuse(exchange, 404, "there is nothing here; the page is at /");
    } else if (file != null) {
      only("GET", method, exchange, file);
    } else if (question != null && isJson(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      only("POST", method, exchange, question);
    } else if (method.equals("POST")) {
      Api.refuse(exchange, 415, "questions are of type application/json");
    } else {
      refuseMethod("POST", method, exchange);
    }
  }

  private static void only(String right, String method, HttpExchange exchange, HttpHandler then)
      throws IOException {
    if (method.equals(right)) {
      then.handle(exchange);
    } else {
      refuseMethod(right, method, exchange);
    }
  }

  private static void refuseMethod(String right, String method, HttpExchange exchange)
      throws IOException {
    exchange.getResponseHeaders().set("Allow", right);
    Api.refuse(exchange, 405, "%s is not possible here, %s is".formatted(method, right));
  }

  /** Another site's form can't send this type without asking first. */
  private static boolean isJson(@Nullable String type) {
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }
}
