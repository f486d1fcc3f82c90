package dev.vitrine.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code runs/NAME/}: the model, what it was made with, what came out, and the pictures. */
public final class RunFolder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The trained model. */
  public static final String MODEL = "model.safetensors";

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, made if it is not there; refuses one that can't be written to. */
  public static RunFolder at(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + ": this is a file, a folder is needed; name another one", e);
    } catch (FileSystemException e) {
      String why = e.getReason() == null ? "there is no place for it" : e.getReason();
      throw new IOException(
          "%s: this folder can't be made (%s); name another one".formatted(folder, why), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + ": this folder can't be written to; name another one");
    }
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
    ModelFile.write(file(MODEL), model, Map.of());
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

  /** Where the unfinished training from a seed keeps its state. */
  public Path checkpoint(long seed) {
    return file("checkpoint-seed" + seed + ".safetensors");
  }

  /** The training is complete, so there is nothing to resume. */
  public void dropCheckpoint(long seed) throws IOException {
    Files.deleteIfExists(checkpoint(seed));
  }
}
