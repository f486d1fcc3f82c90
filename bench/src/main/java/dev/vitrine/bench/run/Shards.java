package dev.vitrine.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of one run, each written whole or not at all; those that are there and right are not made
 * again, so a run that was killed goes on where it was.
 *
 * <p>{@code run.json} says what was asked and lists the shards. While the run goes on, what was
 * made since lies in {@code shards.jsonl}, a line per file: a line that a kill cut short costs that
 * file alone. The run holds a lock on it, so that no second process writes here.
 */
public final class Shards implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "run.json";
  private static final String JOURNAL = "shards.jsonl";
  private static final Pattern NAME = Pattern.compile("[\\w-]+\\.(npy|csv)");

  /**
   * A file that was made.
   *
   * @param from its first row
   * @param to the row behind its last
   * @param inputs hash of these rows as they went in
   * @param sha256 hash of the file
   */
  record Shard(String file, int from, int to, String inputs, String sha256) {}

  /** Makes a file. */
  @FunctionalInterface
  interface Writer {
    void write(Path file) throws IOException;
  }

  private final RunFolder folder;
  private final Map<String, ?> configuration;
  private final Map<String, ?> environment;
  private final FileChannel journal;

  /** Said to be there, by file; what is still here at the end was not asked for. */
  private final Map<String, Shard> known = new LinkedHashMap<>();

  private final Map<String, Shard> done = new LinkedHashMap<>();

  private Shards(
      RunFolder folder,
      Map<String, ?> configuration,
      Map<String, ?> environment,
      FileChannel journal) {
    this.folder = folder;
    this.configuration = configuration;
    this.environment = environment;
    this.journal = journal;
  }

  /** Refuses a folder that holds something else than a part of this very run. */
  public static Shards open(
      RunFolder folder, Map<String, ?> configuration, Map<String, ?> environment)
      throws IOException {
    refuseOthers(folder, JSON.valueToTree(configuration));
    FileChannel journal =
        FileChannel.open(
            folder.file(JOURNAL),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    var shards = new Shards(folder, configuration, environment, journal);
    try {
      if (journal.tryLock() == null) {
        throw new IOException(
            folder.path()
                + ": another process is writing there; wait for it, or name another folder");
      }
      AtomicFile.sweep(folder.path());
      shards.read();
      shards.manifest(shards.known);
      journal.truncate(0);
      return shards;
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static void refuseOthers(RunFolder folder, JsonNode asked) throws IOException {
    JsonNode there = manifest(folder);
    if (there == null) {
      return;
    }
    JsonNode was = there.path("configuration");
    if (!there.has("shards")) {
      throw new IOException(folder.path() + ": this folder holds another run; name another one");
    }
    for (var e : asked.properties()) {
      JsonNode before = was.path(e.getKey());
      if (!before.equals(e.getValue())) {
        throw new IOException(
            "%s: this folder holds explanations with %s %s, asked for is %s; name another one"
                .formatted(folder.path(), e.getKey(), before, e.getValue()));
      }
    }
  }

  private static @Nullable JsonNode manifest(RunFolder folder) throws IOException {
    Path file = folder.file(MANIFEST);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return JSON.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": this is no JSON; name another folder", e);
    }
  }

  private void read() throws IOException {
    JsonNode there = manifest(folder);
    if (there != null) {
      there.path("shards").forEach(this::know);
    }
    for (String line : Files.readAllLines(folder.file(JOURNAL), StandardCharsets.ISO_8859_1)) {
      try {
        know(JSON.readTree(line));
      } catch (JsonProcessingException cutShort) {
        continue;
      }
    }
  }

  /** What is no shard of this folder is passed by, so no name leads to a file outside of it. */
  private void know(JsonNode shard) {
    String file = shard.path("file").asText();
    if (NAME.matcher(file).matches()) {
      known.put(
          file,
          new Shard(
              file,
              shard.path("from").asInt(),
              shard.path("to").asInt(),
              shard.path("inputs").asText(),
              shard.path("sha256").asText()));
    }
  }

  /** True if a file that these rows gave is there and has the bytes that it was written with. */
  public boolean has(String file, String inputs) throws IOException {
    Shard s = known.remove(file);
    Path path = folder.file(file);
    if (s == null
        || !s.inputs().equals(inputs)
        || !Files.isRegularFile(path)
        || !sha256(path).equals(s.sha256())) {
      return false;
    }
    done.put(file, s);
    return true;
  }

  /** Makes a file of rows {@code from} (inclusive) to {@code to} (exclusive). */
  void make(String file, int from, int to, String inputs, Writer writer) throws IOException {
    Path path = folder.file(file);
    writer.write(path);
    var shard = new Shard(file, from, to, inputs, sha256(path));
    done.put(file, shard);
    byte[] line = (JSON.writeValueAsString(shard) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      journal.write(ByteBuffer.wrap(line), journal.size());
    } catch (IOException e) {
      throw new IOException("cannot write %s: %s".formatted(JOURNAL, e.getMessage()), e);
    }
  }

  /** All that was asked for is there: lists it, and deletes what an earlier, longer input gave. */
  public void finish() throws IOException {
    for (String file : known.keySet()) {
      Files.deleteIfExists(folder.file(file));
    }
    manifest(done);
    Files.deleteIfExists(folder.file(JOURNAL));
  }

  private void manifest(Map<String, Shard> shards) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("configuration", configuration);
    json.put("environment", environment);
    json.put("shards", shards.values());
    folder.json(json);
  }

  private static String sha256(Path file) throws IOException {
    try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest())) {
      Files.copy(file, out);
      return HexFormat.of().formatHex(out.getMessageDigest().digest());
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** Lets go of the folder; what was made so far stays. */
  @Override
  public void close() throws IOException {
    journal.close();
  }
}
