package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The bytes of a model file, which Spark carries to the executors. */
public final class PackedModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final byte[] bytes;

  private PackedModel(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** Of a file that {@link ModelFiles} reads. */
  public static PackedModel read(Path file) throws IOException {
    return new PackedModel(String.valueOf(file.getFileName()), Files.readAllBytes(file));
  }

  /** Of a model that a file can hold. */
  public static PackedModel of(Model model) throws IOException {
    Path folder = Files.createTempDirectory("vitrine");
    Path file = folder.resolve("model.safetensors");
    try {
      ModelFile.write(file, model, Map.of());
      return read(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** The model, which is the caller's to close. */
  public Model open() throws IOException {
    Path folder = Files.createTempDirectory("vitrine");
    Path file = folder.resolve(name);
    try {
      Files.write(file, bytes);
      return ModelFiles.read(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }
}
