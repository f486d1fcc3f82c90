package dev.vitrine.nn.data;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A file appears under its name only when it is complete and its checksum is right. */
final class Download {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration WHOLE = Duration.ofMinutes(10);
  private static final int OK = 200;

  private Download() {}

  /** Fetches the file from the first address that has it. */
  static void fetch(Remote remote, Path file) throws IOException {
    var failures = new StringJoiner("; ");
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      for (var address : remote.addresses()) {
        try {
          fetch(client, address, remote.sha256(), file);
          return;
        } catch (IOException e) {
          failures.add(address + ": " + reason(e));
        }
      }
    }
    throw new IOException(failures.toString());
  }

  private static void fetch(HttpClient client, URI address, String sha256, Path file)
      throws IOException {
    var part = Files.createTempFile(file.toAbsolutePath().getParent(), ".download-", ".part");
    try {
      var found = copy(client, address, part);
      if (!found.equals(sha256)) {
        throw new IOException("its SHA-256 is %s, expected %s".formatted(found, sha256));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The checksum of what was copied. */
  private static String copy(HttpClient client, URI address, Path part) throws IOException {
    var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
    var pending = client.sendAsync(request, BodyHandlers.ofFile(part));
    try {
      var status = pending.get(WHOLE.toSeconds(), TimeUnit.SECONDS).statusCode();
      if (status != OK) {
        throw new IOException("the server answered " + status);
      }
      return sha256(part);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it took more than " + WHOLE.toMinutes() + " minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pending.cancel(true); // closing the client waits for a stalled answer otherwise
    }
  }

  static String sha256(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var sum = MessageDigest.getInstance("SHA-256");
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sum));
      return HexFormat.of().formatHex(sum.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
