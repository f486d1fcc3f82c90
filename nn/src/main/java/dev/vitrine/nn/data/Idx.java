package dev.vitrine.nn.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes: magic 0, 0, type, rank; extents as big-endian int32; then the
 * values.
 *
 * <p>The format of the MNIST files (LeCun, Cortes, Burges: The MNIST database, "file formats"). A
 * file that says one thing and holds another is refused, and memory is taken for what is there, not
 * for what the header claims.
 */
final class Idx {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int LARGEST_RANK = 4;

  /** More than any data set of this kind has (MNIST: 47 million). */
  private static final int MOST_VALUES = 1 << 30;

  private final int[] dims;
  private final byte[] values;

  private Idx(int[] dims, byte[] values) {
    this.dims = dims;
    this.values = values;
  }

  /** Extent of an axis. */
  int dim(int axis) {
    return dims[axis];
  }

  /** All values, the last axis running fastest. */
  byte[] values() {
    return values;
  }

  /** Reads a file of this rank, packed by gzip or not. */
  static Idx read(Path file, int rank) throws IOException {
    try (var raw = new BufferedInputStream(Files.newInputStream(file));
        var in = new DataInputStream(unpacked(raw))) {
      var dims = dims(in, file, rank);
      var count = count(dims, file);
      var values = in.readNBytes(count); // grows with what it finds
      if (values.length < count) {
        throw broken(
            file, "its header promises %d values, only %d follow".formatted(count, values.length));
      }
      if (in.read() >= 0) {
        throw broken(file, "more bytes follow than the %d values of its header".formatted(count));
      }
      return new Idx(dims, values);
    } catch (EOFException e) {
      throw broken(file, "it ends too early, within its header or its packed data");
    } catch (ZipException e) {
      throw broken(file, "it cannot be unpacked (" + e.getMessage() + ")");
    }
  }

  private static InputStream unpacked(BufferedInputStream raw) throws IOException {
    raw.mark(2);
    var packed = (raw.read() << 8 | raw.read()) == GZIP_MAGIC;
    raw.reset();
    return packed ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private static int[] dims(DataInputStream in, Path file, int rank) throws IOException {
    var magic = in.readInt();
    if (magic >>> 16 != 0 || (magic & 0xFF) == 0 || (magic & 0xFF) > LARGEST_RANK) {
      throw broken(
          file,
          "it is not an IDX file (it starts with 0x%08x, expected 0x%08x)"
              .formatted(magic, UNSIGNED_BYTE << 8 | rank));
    }
    if (magic >>> 8 != UNSIGNED_BYTE) {
      throw broken(
          file,
          "its values have type 0x%02x, expected unsigned bytes (0x08)".formatted(magic >>> 8));
    }
    if ((magic & 0xFF) != rank) {
      throw broken(file, "it has %d dimensions, expected %d".formatted(magic & 0xFF, rank));
    }
    var dims = new int[rank];
    for (var d = 0; d < rank; d++) {
      dims[d] = in.readInt();
    }
    return dims;
  }

  private static int count(int[] dims, Path file) throws IOException {
    var count = 1L;
    for (var dim : dims) {
      if (dim <= 0 || (count *= dim) > MOST_VALUES) {
        throw broken(
            file, "its dimensions %s are impossible or too large".formatted(Arrays.toString(dims)));
      }
    }
    return (int) count;
  }

  private static IOException broken(Path file, String why) {
    return new IOException(file + ": " + why + "; fetch the file again");
  }
}
