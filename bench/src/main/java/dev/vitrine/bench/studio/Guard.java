package dev.vitrine.bench.studio;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: nobody by a name that others could point here (DNS rebinding), and no page but ours
 * (cross-site requests). And what a browser may do with answers: nothing but show them.
 */
final class Guard extends Filter {
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:]+]|localhost");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final String host;

  /** {@code host}: the name or address that the server was given. */
  Guard(String host) {
    this.host = host;
  }

  @Override
  public String description() {
    return "refuses other sites";
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    try (exchange) {
      Headers out = exchange.getResponseHeaders();
      out.set("Content-Security-Policy", POLICY);
      out.set("Cross-Origin-Opener-Policy", "same-origin");
      out.set("Cross-Origin-Resource-Policy", "same-origin");
      out.set("X-Content-Type-Options", "nosniff");
      out.set("Referrer-Policy", "no-referrer");
      out.set("Cache-Control", "no-store");
      String reason = refusal(exchange.getRequestHeaders());
      if (reason != null) {
        Api.refuse(exchange, 403, reason);
        return;
      }
      chain.doFilter(exchange);
    }
  }

  private @Nullable String refusal(Headers in) {
    List<String> hosts = in.get("Host");
    if (hosts == null || hosts.size() != 1) {
      return "a request must name its host, once";
    }
    String asked = hosts.getFirst();
    String name = asked.replaceFirst(":\\d*$", "");
    if (!name.equals(host) && !ADDRESS.matcher(name).matches()) {
      return "host \"%s\" is not known here: use the address that the server printed"
          .formatted(name);
    }
    String origin = in.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + asked)) {
      return "origin \"%s\" is another site than http://%s".formatted(origin, asked);
    }
    return null;
  }
}
