package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * One array in NumPy's .npy format: versions 1 to 3 are read, 1 is written, byte for byte as NumPy
 * does.
 *
 * <p>Format: NumPy reference, numpy.lib.format. Read are booleans, integers and reals of 1 to 8
 * bytes, either byte order, row-major or column-major; structured and object arrays are refused.
 */
public final class Npy {
  private Npy() {}

  /** A file's array in binary64, row-major. */
  @SuppressWarnings("ArrayRecordComponent") // a pair to take apart, never compared
  public record NpyDoubles(Shape shape, double[] values) {}

  /**
   * The array as a tensor in {@code memory}: reals as float32 (float64 is rounded), booleans and
   * integers as int32 (what does not fit is refused).
   */
  public static Tensor read(Path file, Memory memory) throws IOException {
    try (var arena = Arena.ofConfined()) {
      return elements(file, arena).tensor(memory);
    }
  }

  /** The array in binary64, which loses nothing; integers beyond 2⁵³ are refused. */
  public static NpyDoubles readDoubles(Path file) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var elements = elements(file, arena);
      return new NpyDoubles(elements.shape(), elements.doubles());
    }
  }

  /**
   * The array without copying: a tensor over the mapped file, unmapped when {@code memory} closes.
   *
   * <p>Needs little-endian float32 or int32, row-major. The tensor can be read only; writing to it
   * is an error. The file may be replaced meanwhile ({@link AtomicFile}) but not be cut short.
   */
  public static Tensor map(Path file, Memory memory) throws IOException {
    var elements = elements(file, memory.arena());
    if (!elements.fits()) {
      throw new FormatException(
          file.toString(),
          "%s in %s order, %s, cannot be mapped; write the file as little-endian float32, row-major"
              .formatted(
                  elements.type(),
                  elements.order(),
                  elements.columnMajor() ? "column-major" : "row-major"));
    }
    return memory.wrap(elements.type().dtype(), elements.shape(), elements.bytes());
  }

  /**
   * Writes a tensor as little-endian float32 or int32; the file is replaced whole or not at all.
   */
  public static void write(Path file, Tensor x) throws IOException {
    byte[] header = NpyHeader.bytes(x.dtype(), x.shape());
    AtomicFile.write(
        file,
        out -> {
          out.write(header);
          LittleEndian.write(x, out::write);
        });
  }

  private static Elements elements(Path file, Arena arena) throws IOException {
    FormatException.refuseFolder(file);
    try (var channel = FileChannel.open(file)) {
      return elements(file.toString(), channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  /** The array in the bytes of a whole .npy file. */
  static Elements elements(String what, MemorySegment file) throws IOException {
    var header = NpyHeader.read(what, file);
    long need = Elements.length(header.type(), header.shape());
    long have = file.byteSize() - header.length();
    if (have != need) {
      throw new FormatException(
          what,
          "%d bytes follow the header, expected %d for %s%s"
              .formatted(have, need, header.type(), header.shape()));
    }
    return new Elements(
        what,
        header.type(),
        header.order(),
        header.columnMajor(),
        header.shape(),
        file.asSlice(header.length()));
  }
}
