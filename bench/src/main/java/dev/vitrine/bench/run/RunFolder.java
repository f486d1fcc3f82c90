package dev.vitrine.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.tensor.io.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** {@code runs/NAME/}: the model, what it was made with, what came out, and the pictures. */
public final class RunFolder {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The trained model. */
  public static final String MODEL = "model.safetensors";

  private static final String LOCK = ".lock";

  private final Path folder;

  private RunFolder(Path folder) {
    this.folder = folder;
  }

  /** The folder, made if it is not there; refuses one that can't be written to, or is full. */
  public static RunFolder at(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      String what = Files.exists(folder) ? "this is a file" : "this is a link to nowhere";
      throw new IOException(
          "%s: %s, a folder is needed; name another one".formatted(folder, what), e);
    } catch (FileSystemException e) {
      String why = e.getReason() == null ? "there is no place for it" : e.getReason();
      throw new IOException(
          "%s: this folder can't be made (%s); name another one".formatted(folder, why), e);
    }
    try {
      AtomicFile.probe(folder);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; make room, or name another folder", e);
    }
    return new RunFolder(folder);
  }

  /**
   * Keeps other processes out until closed, and sweeps away what a killed one left; refuses while
   * another one has it.
   */
  public Lock lock() throws IOException {
    Path file = file(LOCK);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (isTaken(channel)) {
        throw new IOException(
            folder + ": another run is writing there; wait for it, or name another folder");
      }
      AtomicFile.sweep(folder);
      file.toFile().deleteOnExit(); // after Ctrl-C too
      return () -> {
        Files.deleteIfExists(file);
        channel.close();
      };
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** By another process, or by another run of this one. */
  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  /** Until it is closed, this process is the only one that writes there. */
  public interface Lock extends AutoCloseable {
    @Override
    void close() throws IOException;
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
