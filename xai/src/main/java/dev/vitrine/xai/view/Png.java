package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels → PNG file, whole or not at all. */
final class Png {
  private Png() {}

  static byte[] encode(BufferedImage image) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    var bytes = new ByteArrayOutputStream();
    // Not ImageIO.write: it caches in a temporary file unless a JVM-wide switch is turned.
    try (var stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not from memory to memory
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  static void write(byte[] png, Path file) {
    Path name = file.getFileName();
    if (name == null || !name.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException(
          "\"" + file + "\": pictures are written as PNG; give a name that ends in .png");
    }
    if (Files.isDirectory(file)) {
      throw cannot(file, "a folder has that name; choose another", new IOException("is a folder"));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw cannot(
          file,
          "the folder " + folder + " does not exist; create it first",
          new IOException("no such folder"));
    }
    // A sibling, because a rename is atomic only within one file system.
    Path draft = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
    try {
      Files.write(draft, png, StandardOpenOption.CREATE_NEW);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(draft, e);
      throw cannot(file, e.toString(), e);
    }
  }

  private static void discard(Path draft, IOException cause) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static UncheckedIOException cannot(Path file, String why, IOException cause) {
    return new UncheckedIOException("cannot write the picture \"" + file + "\": " + why, cause);
  }
}
