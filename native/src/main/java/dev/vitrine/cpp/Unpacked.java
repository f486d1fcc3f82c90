package dev.vitrine.cpp;

import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.io.CacheFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bytedeco.javacpp.Loader;

/**
 * The library as a file of its own: unpacked once, into a folder named after its SHA-256.
 *
 * <p>JavaCPP would tell libraries apart by time and size; but the same sources give the same jar,
 * so all builds have one time, and sizes hardly change.
 */
final class Unpacked {
  private Unpacked() {}

  /** The library for this platform; an {@link UnsatisfiedLinkError} says why there is none. */
  static Path library() {
    String name = Loader.getPlatform() + "/libjniNative.so";
    try (InputStream in = Unpacked.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new UnsatisfiedLinkError("there is no " + name);
      }
      byte[] library = in.readAllBytes();
      try {
        return in(CacheFolder.of("native"), library);
      } catch (IOException e) { // a home that is not ours, or read-only
        return in(Files.createTempDirectory("vitrine"), library);
      }
    } catch (IOException e) {
      throw new UnsatisfiedLinkError(e.getMessage());
    }
  }

  /** As it lies below {@code cache}, now or already; what is damaged there is replaced. */
  static Path in(Path cache, byte[] library) throws IOException {
    Path folder = Files.createDirectories(cache.resolve(hash(library)));
    Path file = folder.resolve("libjniNative.so");
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), library)) {
      AtomicFile.write(file, library);
    }
    return file.toAbsolutePath();
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
