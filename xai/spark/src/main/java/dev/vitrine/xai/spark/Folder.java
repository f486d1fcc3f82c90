package dev.vitrine.xai.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Where a job writes, on any file system that Spark can reach: {@code run.json} says what was asked
 * first of all, so that the job goes on only with the same question.
 */
final class Folder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;
  private final FileSystem files;

  /** The folder, made if it is not there. */
  Folder(SparkSession spark, String name) throws IOException {
    path = new Path(name);
    files = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
    files.mkdirs(path);
  }

  /** A name in it. */
  String in(String name) {
    return new Path(path, name).toString();
  }

  /** A folder in it, made if it is not there. */
  String made(String name) throws IOException {
    files.mkdirs(new Path(path, name));
    return in(name);
  }

  /** The files in a folder in it, but for those whose names say that they are no data. */
  List<String> names(String name) throws IOException {
    return all(name).stream().filter(f -> !f.startsWith("_") && !f.startsWith(".")).toList();
  }

  /** Deletes the files in a folder in it whose names begin so. */
  void delete(String name, String prefix) throws IOException {
    for (String file : all(name)) {
      if (file.startsWith(prefix)) {
        files.delete(new Path(in(name), file), true);
      }
    }
  }

  private List<String> all(String name) throws IOException {
    if (!has(name)) {
      return List.of();
    }
    return Arrays.stream(files.listStatus(new Path(path, name)))
        .map(file -> file.getPath().getName())
        .toList();
  }

  /** Whether something has this name. */
  boolean has(String name) throws IOException {
    return files.exists(new Path(path, name));
  }

  /** Refuses a folder that holds something else than a part of this very job. */
  void ask(Map<String, ?> question) throws IOException {
    Path run = new Path(path, "run.json");
    JsonNode asked = JSON.valueToTree(question);
    if (!files.exists(run)) {
      if (files.listStatus(path).length > 0) {
        throw new IOException(path + ": this folder holds something else; name another one");
      }
      write("run.json", JSON.writeValueAsBytes(asked));
      return;
    }
    JsonNode was;
    try (var in = files.open(run)) {
      was = JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    for (var e : asked.properties()) {
      JsonNode before = was.path(e.getKey());
      if (!before.equals(e.getValue())) {
        throw new IOException(
            "%s: this folder holds explanations with %s %s, asked for is %s; name another one"
                .formatted(path, e.getKey(), before, e.getValue()));
      }
    }
  }

  /** Writes a small file whole or not at all. */
  void write(String name, byte[] bytes) throws IOException {
    Path part = new Path(path, "_" + name + ".part");
    try (var out = files.create(part, true)) {
      out.write(bytes);
    }
    if (!files.rename(part, new Path(path, name))) {
      throw new IOException(path + ": " + name + " can't be written");
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
