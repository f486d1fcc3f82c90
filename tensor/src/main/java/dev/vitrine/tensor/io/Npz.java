package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays in one file: a zip archive with one .npy per array, as {@code numpy.savez} writes
 * it.
 *
 * <p>Stored and deflated entries are read, entries are written stored. The same tensors in the same
 * order give the same bytes.
 */
public final class Npz {
  private static final String SUFFIX = ".npy";

  /** Deflate turns one byte into 1032 at best. */
  private static final long BEST_RATIO = 1032;

  /** Before 1980-01-01T00:00:02 the JDK adds a field that depends on the time zone. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 2, 1, 0, 0);

  private Npz() {}

  /** All arrays, in the archive's order, converted as {@link Npy#read} does. */
  public static SequencedMap<String, Tensor> read(Path file, Memory memory) throws IOException {
    // Opened first for its plain errors: a missing file is not a malformed one.
    long size = Files.size(file);
    var tensors = new LinkedHashMap<String, Tensor>();
    try (var zip = new ZipFile(file.toFile())) {
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw new FormatException(
              file.toString(), "entry \"" + name + "\", expected names that end in .npy");
        }
        var x = read(file + ", entry " + name, zip, entry, size, memory);
        if (tensors.put(name.substring(0, name.length() - SUFFIX.length()), x) != null) {
          throw new FormatException(
              file.toString(), "entry \"" + name + "\" comes twice, expected once");
        }
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new FormatException(
          file.toString(), "not a sound zip archive (" + e.getMessage() + ")", e);
    }
    return Collections.unmodifiableSequencedMap(tensors);
  }

  private static Tensor read(String what, ZipFile zip, ZipEntry entry, long fileSize, Memory memory)
      throws IOException {
    long packed = entry.getCompressedSize();
    long size = entry.getSize();
    if (packed < 0 || packed > fileSize || size < 0 || size / BEST_RATIO > packed) {
      throw new FormatException(
          what, "claims %d bytes packed in %d, which cannot be".formatted(size, packed));
    }
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocate(size);
      unpack(what, zip, entry, bytes);
      return Npy.elements(what, bytes).tensor(memory);
    }
  }

  private static void unpack(String what, ZipFile zip, ZipEntry entry, MemorySegment bytes)
      throws IOException {
    var crc = new CRC32();
    var block = new byte[64 << 10];
    long at = 0;
    try (var in = zip.getInputStream(entry)) {
      for (int n; (n = in.read(block)) >= 0 && at + n <= bytes.byteSize(); at += n) {
        MemorySegment.copy(MemorySegment.ofArray(block), 0, bytes, at, n);
        crc.update(block, 0, n);
      }
    }
    if (at != bytes.byteSize() || crc.getValue() != entry.getCrc()) {
      throw new FormatException(
          what,
          "damaged: %d bytes with check sum %08x, expected %d with %08x"
              .formatted(at, crc.getValue(), bytes.byteSize(), entry.getCrc()));
    }
  }

  /** Writes the tensors in the map's order; the file is replaced whole or not at all. */
  public static void write(Path file, SequencedMap<String, Tensor> tensors) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          var zip = new ZipOutputStream(out);
          for (var tensor : tensors.entrySet()) {
            write(zip, tensor.getKey() + SUFFIX, tensor.getValue());
          }
          zip.finish();
        });
  }

  private static void write(ZipOutputStream zip, String name, Tensor x) throws IOException {
    byte[] header = NpyHeader.bytes(x.dtype(), x.shape());
    var crc = new CRC32();
    crc.update(header);
    LittleEndian.write(x, crc::update);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(ALWAYS);
    entry.setSize(header.length + x.segment().byteSize());
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(header);
    LittleEndian.write(x, zip::write);
    zip.closeEntry();
  }
}
