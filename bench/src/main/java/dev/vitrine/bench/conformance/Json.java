package dev.vitrine.bench.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A JSON object and the file it came from, which every error names. */
record Json(Path file, JsonNode node) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Json read(Path file) throws IOException {
    try (var in = Files.newBufferedReader(file)) {
      return new Json(file, MAPPER.readTree(in));
    } catch (JsonProcessingException e) {
      throw new FormatException(
          file.toString(),
          "line %d is not JSON: %s"
              .formatted(
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  /** False also for null. */
  boolean has(String key) {
    return node.hasNonNull(key);
  }

  private JsonNode need(String key) throws IOException {
    if (!has(key)) {
      throw new FormatException(file.toString(), "\"" + key + "\" is missing");
    }
    return node.get(key);
  }

  Json object(String key) throws IOException {
    return new Json(file, need(key));
  }

  /** An object without entries where there is none. */
  Json objectOrEmpty(String key) throws IOException {
    return has(key) ? object(key) : new Json(file, MAPPER.createObjectNode());
  }

  List<Json> list(String key) throws IOException {
    var all = new ArrayList<Json>();
    for (JsonNode n : need(key)) {
      all.add(new Json(file, n));
    }
    return all;
  }

  /** The keys in the order of the file. */
  Set<String> keys() {
    var keys = new LinkedHashSet<String>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  String text(String key) throws IOException {
    return need(key).asText();
  }

  String text(String key, String otherwise) {
    return has(key) ? node.get(key).asText() : otherwise;
  }

  boolean flag(String key, boolean otherwise) {
    return has(key) ? node.get(key).asBoolean() : otherwise;
  }

  int integer(String key) throws IOException {
    return need(key).asInt();
  }

  int integer(String key, int otherwise) {
    return has(key) ? node.get(key).asInt() : otherwise;
  }

  double number(String key) throws IOException {
    return need(key).asDouble();
  }

  double number(String key, double otherwise) {
    return has(key) ? node.get(key).asDouble() : otherwise;
  }

  /** A number of the engine: the decimal rounded to float32. */
  float real(String key) throws IOException {
    return (float) number(key);
  }

  float real(String key, float otherwise) {
    return has(key) ? (float) node.get(key).asDouble() : otherwise;
  }

  int[] ints(String key) throws IOException {
    JsonNode array = need(key);
    int[] all = new int[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array.get(i).asInt();
    }
    return all;
  }

  double[] numbers(String key) throws IOException {
    JsonNode array = need(key);
    double[] all = new double[array.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = array.get(i).asDouble();
    }
    return all;
  }

  List<String> texts(String key) throws IOException {
    var all = new ArrayList<String>();
    need(key).forEach(n -> all.add(n.asText()));
    return all;
  }
}
