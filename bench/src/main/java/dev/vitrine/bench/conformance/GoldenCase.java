package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What to compute, with which numbers, and what must come out: one case.json and its arrays. */
public record GoldenCase(String id, String group, String method, Path folder, Json json) {

  /** Reads {@code folder}/case.json; arrays are read when they are asked for. */
  static GoldenCase read(Path folder) throws IOException {
    Path file = folder.resolve("case.json");
    if (!Files.isRegularFile(file)) {
      throw new FormatException(
          file.toString(), "no such file, although index.json names the case");
    }
    Json json = Json.read(file);
    boolean onnx = json.has("kind"); // those cases are written so
    String group = onnx ? OnnxGroup.NAME : json.text("group");
    String method = json.text(onnx ? "kind" : "method");
    return new GoldenCase(json.text("id"), group, method, folder, json);
  }

  Json args() throws IOException {
    return json.objectOrEmpty("args");
  }

  Set<String> inputs() throws IOException {
    return json.objectOrEmpty("inputs").keys();
  }

  boolean has(String input) throws IOException {
    return inputs().contains(input);
  }

  Numbers input(String name) throws IOException {
    return array(json.object("inputs").object(name));
  }

  /** Names of what must come out. */
  Set<String> results() throws IOException {
    return json.object("expected").keys();
  }

  /** What must come out, with the tolerances for a run in {@code precision}. */
  List<Expected> expected(String precision) throws IOException {
    Json expected = json.object("expected");
    var all = new ArrayList<Expected>();
    for (String name : expected.keys()) {
      Json entry = expected.object(name);
      Numbers want = array(entry);
      all.add(new Expected(name, want, Tolerance.of(entry, want, precision)));
    }
    return all;
  }

  private Numbers array(Json entry) throws IOException {
    return Numbers.read(folder.resolve(entry.text("file")), entry.text("dtype").equals("int64"));
  }

  @Override
  public String toString() {
    return id;
  }
}
