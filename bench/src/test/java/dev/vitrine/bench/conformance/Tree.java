package dev.vitrine.bench.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A copy of the bundled golden cases that a test may spoil. */
record Tree(Path root) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Path bundled() {
    try {
      var index = Tree.class.getResource("/golden/index.json");
      if (index == null) {
        throw new IllegalStateException("the bundled golden cases are not on the class path");
      }
      return Path.of(index.toURI()).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Tree copy(Path into) throws IOException {
    Path from = bundled();
    List<Path> files;
    try (var walk = Files.walk(from)) {
      files = walk.toList();
    }
    for (Path p : files) {
      Path to = into.resolve(from.relativize(p).toString());
      if (Files.isDirectory(p)) {
        Files.createDirectories(to);
      } else {
        Files.copy(p, to);
      }
    }
    return new Tree(into);
  }

  /** Changes a JSON file. */
  Tree change(String file, Consumer<ObjectNode> edit) throws IOException {
    Path path = root.resolve(file);
    var node = (ObjectNode) MAPPER.readTree(path.toFile());
    edit.accept(node);
    MAPPER.writeValue(path.toFile(), node);
    return this;
  }

  Suite method(String method) throws IOException {
    return Suite.open(root).only(Set.of(), Set.of(method));
  }
}
