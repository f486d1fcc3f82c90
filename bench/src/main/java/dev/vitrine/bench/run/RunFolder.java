package dev.vitrine.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code runs/NAME/}: the model, what it was made with, what came out, and the pictures. */
public final class RunFolder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, made if it is not there. */
  public static RunFolder at(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new RunFolder(folder);
  }

  public Path path() {
    return folder;
  }

  /** A file in it. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Writes {@code model.safetensors}. */
  public void model(Model model) throws IOException {
    ModelFile.write(file("model.safetensors"), model, Map.of());
  }

  /** Writes {@code run.json}. */
  public void json(Map<String, ?> content) throws IOException {
    AtomicFile.write(
        file("run.json"),
        (JSON.writeValueAsString(content) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a text file. */
  public void text(String name, String content) throws IOException {
    AtomicFile.write(file(name), content.getBytes(StandardCharsets.UTF_8));
  }

  /** Where an unfinished training keeps its state. */
  public Path checkpoint() {
    return file("checkpoint.safetensors");
  }

  /** The training is complete, so there is nothing to resume. */
  public void dropCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint());
  }
}
