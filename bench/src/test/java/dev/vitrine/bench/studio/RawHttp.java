package dev.vitrine.bench.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** HTTP as bytes: a client that sends what no well-behaved one would. */
record RawHttp(String host, int port) {
  /** A reply: status, head as it came, body. */
  record Reply(int status, String head, String body) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        return MissingNode.getInstance();
      }
    }

    String error() {
      return json().path("error").asText();
    }

    /** The value of a header, or nothing. */
    String header(String name) {
      return head.lines()
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(l -> l.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  static RawHttp of(String url) {
    URI uri = URI.create(url);
    return new RawHttp(uri.getHost(), uri.getPort());
  }

  /** The host header that a browser would send. */
  String name() {
    return host + ":" + port;
  }

  Reply get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1", "", "Host: " + name());
  }

  Reply ask(String what, String json) throws IOException {
    return send(
        "POST /api/" + what + " HTTP/1.1",
        json,
        "Host: " + name(),
        "Origin: http://" + name(),
        "Content-Type: application/json");
  }

  /** Sends a request of these lines. */
  Reply send(String first, String body, String... headers) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    var head = new StringBuilder(first + "\r\n");
    Arrays.stream(headers).forEach(h -> head.append(h).append("\r\n"));
    head.append("Connection: close\r\nContent-Length: ").append(content.length).append("\r\n\r\n");
    try (var socket = new Socket(host, port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
      out.write(content);
      out.flush();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      int status = Integer.parseInt(all.substring(9, 12));
      return new Reply(status, all.substring(0, end), all.substring(end + 4));
    }
  }
}
