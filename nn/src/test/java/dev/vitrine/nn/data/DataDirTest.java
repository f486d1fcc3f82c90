package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {
  private static final byte[] CONTENT = "twelve bytes".getBytes();
  private static final String SHA_256 =
      "d4ce2c527afe674c7a086bd74e256019e3d5dcdb31eeb6eaadef5ada8c4383b9";

  @TempDir Path folder;
  private HttpServer server;
  private Path cache;
  private DataDir dir;
  private int requests;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/good/", exchange -> answer(exchange, 200, CONTENT));
    server.createContext("/wrong/", exchange -> answer(exchange, 200, "other bytes!".getBytes()));
    server.createContext("/gone/", exchange -> answer(exchange, 404, "gone".getBytes()));
    server.createContext("/short/", exchange -> exchange.close());
    server.createContext(
        "/moved/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/good/file.gz");
          answer(exchange, 302, new byte[] {' '});
        });
    server.start();
    cache = folder.resolve("cache");
    dir = new DataDir(List.of(folder.resolve("named"), cache), cache);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aFileThatIsThereIsNotFetched() throws IOException {
    var named = Files.createDirectories(folder.resolve("named/set"));
    var file = Files.write(named.resolve("file.gz"), CONTENT);
    assertEquals(file, dir.file(remote("good")));
    assertEquals(file, dir.file("set/file.gz"));
    assertEquals(0, requests);
  }

  @Test
  void anUnpackedFileServesAsWell() throws IOException {
    var named = Files.createDirectories(folder.resolve("named/set"));
    var file = Files.write(named.resolve("file"), CONTENT);
    assertEquals(file, dir.file(remote("good")));
  }

  @Test
  void aMissingFileIsFetchedOnceAndKept() throws IOException {
    var file = dir.file(remote("good"));
    assertEquals(cache.resolve("set/file.gz"), file);
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(file, dir.file(remote("good")));
    assertEquals(1, requests);
    nothingElseIn(cache.resolve("set"), 1);
  }

  @Test
  void theNextMirrorIsTriedAndRedirectionsAreFollowed() throws IOException {
    var file = dir.file(remote("gone", "wrong", "short", "moved"));
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    nothingElseIn(cache.resolve("set"), 1);
  }

  @Test
  void aWrongFileIsRefusedAndLeavesNothing() throws IOException {
    var e = assertThrows(IOException.class, () -> dir.file(remote("wrong", "gone")));
    var message = e.getMessage();
    assertTrue(message.contains("expected " + SHA_256), message);
    assertTrue(message.contains("the server answered 404"), message);
    assertTrue(message.contains("set/file.gz was not found in " + folder), message);
    assertTrue(message.contains("let VITRINE_DATA name a folder"), message);
    assertFalse(Files.exists(cache.resolve("set/file.gz")));
    nothingElseIn(cache.resolve("set"), 0);
  }

  @Test
  void aGivenFolderIsTheOnlyPlace() {
    var only = DataDir.of(folder.resolve("named"));
    var e = assertThrows(IOException.class, () -> only.file(remote("good")));
    assertTrue(e.getMessage().contains("was not found in " + folder.resolve("named")));
    assertEquals(0, requests);
  }

  @Test
  void theStandardPlacesAreTheVariableThenTheCache() {
    var cache = Path.of("cache");
    assertEquals("cache", DataDir.standard(null, cache).toString());
    assertEquals("cache", DataDir.standard(" ", cache).toString());
    var both = "d" + java.io.File.pathSeparator + "cache";
    assertEquals(both, DataDir.standard("d", cache).toString());
  }

  private Remote remote(String... contexts) {
    var mirrors = List.of(contexts).stream().map(this::address).toArray(String[]::new);
    return Remote.of("set", "file.gz", SHA_256, mirrors);
  }

  private String address(String context) {
    var at = server.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/" + context + "/";
  }

  private static void nothingElseIn(Path folder, int count) throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(count, files.count());
    }
  }

  private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    requests++;
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
