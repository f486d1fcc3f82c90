package dev.vitrine.tensor.io;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A file is replaced whole or not at all: readers see the old bytes or the new ones, never a
 * mixture.
 *
 * <p>The bytes go to a temporary file in the same folder, which then takes the target's name. A
 * file that is mapped while it is replaced keeps its old bytes. Ctrl-C waits for the rename, and an
 * interrupt of the thread disturbs nothing. Nothing forces the bytes to the disk: this guards
 * against errors, crashes of the program and full disks, not against power cuts.
 */
public final class AtomicFile {
  private static final String TEMPORARY = ".tmp";

  /** Bytes that no file system hides among a file's attributes. */
  private static final int BLOCK = 4096;

  /** A dot, 36 characters of a UUID, the ending. */
  private static final Pattern UNFINISHED = Pattern.compile("\\.[0-9a-f-]{36}\\" + TEMPORARY);

  private AtomicFile() {}

  /**
   * Deletes what a process that was killed left unfinished in a folder: only for who knows that
   * nobody else is writing there.
   */
  public static void sweep(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (UNFINISHED.matcher(String.valueOf(file.getFileName())).matches()) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Writes a block of bytes into a folder and deletes it: what a full disk or a folder for reading
   * only will say in the end is said now.
   */
  public static void probe(Path folder) throws IOException {
    Path probe = folder.resolve("." + UUID.randomUUID() + TEMPORARY);
    try (var _ = new Unfinished(probe)) {
      Files.write(probe, new byte[BLOCK]);
    } catch (IOException e) {
      throw new IOException("nothing can be written to %s: %s".formatted(folder, reason(e)), e);
    }
  }

  /** Writes the content; may throw, and then nothing has happened. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Creates or replaces {@code target}; if anything fails, what was there is there still. */
  public static void write(Path target, Content content) throws IOException {
    // A link stays a link: the file behind it is replaced.
    Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "cannot write " + target + ": there is no folder " + folder + "; create it first");
    }
    // Renaming over a device as root would replace the device by a file.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(
          "cannot write " + target + ": it exists and is not a regular file; choose another name");
    }
    // Files.createTempFile would give rights to the owner alone, and the target would inherit them.
    Path temporary = folder.resolve("." + UUID.randomUUID() + TEMPORARY);
    try (var _ = new Unfinished(temporary)) {
      Files.createFile(temporary);
      try (var out = new BufferedOutputStream(open(temporary))) {
        content.writeTo(out);
      }
      rename(temporary, file);
    } catch (IOException e) {
      throw new IOException(
          "cannot write %s: %s; what was there before is untouched".formatted(target, reason(e)),
          e);
    }
  }

  /** Creates or replaces {@code target} with these bytes. */
  public static void write(Path target, byte[] content) throws IOException {
    write(target, out -> out.write(content));
  }

  /** A channel would be closed by an interrupt of the thread; a stream of a file is not. */
  private static OutputStream open(Path file) throws IOException {
    return file.getFileSystem().equals(FileSystems.getDefault())
        ? new FileOutputStream(file.toFile())
        : Files.newOutputStream(file);
  }

  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof FileSystemException f && f.getReason() != null) {
      return f.getReason();
    }
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    String message = e.getMessage();
    String type = e.getClass().getSimpleName();
    return message == null
        ? type
        : e.getClass() == IOException.class ? message : type + " " + message;
  }
}
