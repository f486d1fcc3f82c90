package dev.vitrine.bench.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PyTorch, where the machine has it: seconds by name and mode, as torch_figures.py prints them.
 *
 * @param version of PyTorch, or why there is none
 */
record Torch(String version, Map<String, Map<String, Double>> seconds) {
  private static final String MARK = "@torch ";

  static Torch run(Path script) throws IOException {
    var figures = new LinkedHashMap<String, Map<String, Double>>();
    String version = "python3 could not be started";
    var json = new ObjectMapper();
    Process p;
    try {
      p =
          new ProcessBuilder("python3", script.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      return new Torch(version, figures);
    }
    try (var lines = p.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith(MARK)) {
          continue;
        }
        var said = json.readTree(line.substring(MARK.length()));
        if (said.has("version")) {
          version = said.get("version").asText();
        } else {
          figures
              .computeIfAbsent(said.get("name").asText(), n -> new LinkedHashMap<>())
              .put(said.get("mode").asText(), said.get("seconds").asDouble());
        }
      }
    }
    return new Torch(version, figures);
  }
}
