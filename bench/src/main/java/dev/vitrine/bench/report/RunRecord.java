package dev.vitrine.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code run.json} says of a training.
 *
 * @param configuration what decides the bits
 * @param environment where it was made
 * @param command that made it
 * @param losses the mean of each epoch
 * @param hash of the model
 */
public record RunRecord(
    Map<String, String> configuration,
    Map<String, String> environment,
    String command,
    List<Double> losses,
    String hash) {
  /** Reads it; refuses a folder that holds no training. */
  public static RunRecord read(Path folder) throws IOException {
    Path file = folder.resolve("run.json");
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          folder + ": no run.json there; name a folder that train or quickstart wrote");
    }
    var mapper = new ObjectMapper();
    JsonNode json = mapper.readTree(file.toFile());
    var configuration = json.path("configuration");
    String hash = json.path("hashes").path("model.safetensors").asText();
    if (configuration.path("data").asText().isEmpty() || hash.isEmpty()) {
      throw new IOException(
          file + ": it does not speak of a training; train one with this version");
    }
    var text = new TypeReference<Map<String, String>>() {};
    var losses = new ArrayList<Double>();
    json.path("epoch_losses").forEach(l -> losses.add(l.asDouble()));
    Map<String, String> settings = mapper.convertValue(configuration, text);
    return new RunRecord(
        settings,
        mapper.convertValue(json.path("environment"), text),
        json.path("command").asText(usual(settings)),
        losses,
        hash);
  }

  /** Of a run whose command was not recorded. */
  private static String usual(Map<String, String> settings) {
    String name = settings.getOrDefault("workload", "");
    return switch (name) {
      case "quickstart" ->
          "bench/vitrine quickstart --data %s --seed %s"
              .formatted(settings.get("data"), settings.get("seed"));
      case "own" -> "# the command that trained it was not recorded";
      default ->
          "bench/vitrine train %s --seeds %s --batch %s --epochs %s"
              .formatted(name, settings.get("seed"), settings.get("batch"), settings.get("epochs"));
    };
  }

  /** Where {@link #command} writes, which names no folder. */
  public String usualFolder() {
    return "runs/" + configuration.getOrDefault("workload", "own");
  }

  /** The name of the data. */
  public String data() {
    return configuration.getOrDefault("data", "");
  }
}
