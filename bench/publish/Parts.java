import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a list of parts (CycloneDX) says of each module, against the jars that bench ships.
 *
 * <p>{@code java -cp JACKSON Parts.java SBOM FOLDER}: exit code 1 and a sentence if they differ.
 */
final class Parts {
  private static final String OURS = "vitrine-";

  /** By bom-ref. */
  private final Map<String, JsonNode> components = new HashMap<>();

  private final Map<String, List<String>> dependencies = new HashMap<>();

  private Parts(Path sbom) throws IOException {
    JsonNode root = new ObjectMapper().readTree(sbom.toFile());
    root.get("components").forEach(c -> components.put(c.get("bom-ref").asText(), c));
    for (JsonNode d : root.get("dependencies")) {
      var on = new ArrayList<String>();
      d.path("dependsOn").forEach(n -> on.add(n.asText()));
      dependencies.put(d.get("ref").asText(), on);
    }
  }

  public static void main(String[] arguments) throws IOException {
    var parts = new Parts(Path.of(arguments[0]));
    Set<String> shipped = new TreeSet<>();
    try (var files = Files.list(Path.of(arguments[1]))) {
      files.map(f -> f.getFileName().toString()).forEach(shipped::add);
    }
    Set<String> named = parts.below("vitrine-bench");
    check(named.equals(shipped), "named %s, shipped %s".formatted(named, shipped));
    for (String alone : List.of("vitrine-tensor", "vitrine-autodiff")) {
      Set<String> others = parts.below(alone);
      others.removeIf(f -> f.startsWith(OURS));
      check(others.isEmpty(), alone + " needs " + others);
    }
    for (JsonNode c : parts.components.values()) {
      check(!c.path("licenses").isEmpty(), "no licence of " + c.get("bom-ref").asText());
    }
    long foreign = named.stream().filter(f -> !f.startsWith(OURS)).count();
    System.out.println(
        "tensor and autodiff need the JDK alone; bench ships %d jars of others, each named with its licence"
            .formatted(foreign));
  }

  /** The jars that this module needs at run time, directly or not. */
  private Set<String> below(String name) {
    var left = new ArrayDeque<String>();
    components.keySet().stream()
        .filter(r -> components.get(r).get("name").asText().equals(name))
        .forEach(left::add);
    check(left.size() == 1, name + " is named " + left.size() + " times");
    var seen = new HashSet<String>();
    var files = new TreeSet<String>();
    while (!left.isEmpty()) {
      for (String ref : dependencies.getOrDefault(left.pop(), List.of())) {
        if (seen.add(ref)) {
          left.add(ref);
          files.add(file(components.get(ref)));
        }
      }
    }
    return files;
  }

  /** As copy-dependencies calls it. */
  private static String file(JsonNode component) {
    String purl = component.get("purl").asText();
    int at = purl.indexOf("classifier=");
    String classifier = at < 0 ? "" : "-" + purl.substring(at + 11).split("&")[0];
    return component.get("name").asText() + "-" + component.get("version").asText() + classifier + ".jar";
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      System.err.println(otherwise);
      System.exit(1);
    }
  }
}
