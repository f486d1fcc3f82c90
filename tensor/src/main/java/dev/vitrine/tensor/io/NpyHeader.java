package dev.vitrine.tensor.io;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The head of a .npy file: {@code \x93NUMPY}, version, length, and a Python dictionary such as
 * {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.
 *
 * <p>With {@code columnMajor} the first axis runs fastest; the data begin at byte {@code length}.
 */
record NpyHeader(ElementType type, ByteOrder order, boolean columnMajor, Shape shape, int length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;

  /** A header of version 1 cannot be longer; in the other versions more would be absurd. */
  private static final int LIMIT = 0xFFFF;

  /** NumPy leaves room for the leading extent to grow to this many digits. */
  private static final int GROWTH = 21;

  static NpyHeader read(String what, MemorySegment file) throws IOException {
    if (!Arrays.equals(bytes(what, file, 0, 6).array(), MAGIC)) {
      throw new FormatException(what, "not a .npy file: expected it to start with \\x93NUMPY");
    }
    int version = bytes(what, file, 6, 2).getShort();
    if (version != 0x0001 && version != 0x0002 && version != 0x0003) {
      throw new FormatException(
          what,
          "version %d.%d, expected 1.0, 2.0 or 3.0".formatted(version & 0xFF, version >> 8 & 0xFF));
    }
    int start = version == 1 ? 10 : 12;
    long length =
        version == 1
            ? bytes(what, file, 8, 2).getShort() & 0xFFFF
            : bytes(what, file, 8, 4).getInt() & 0xFFFFFFFFL;
    if (length > LIMIT) {
      throw new FormatException(
          what, "the header claims %d bytes, expected at most %d".formatted(length, LIMIT));
    }
    byte[] text = bytes(what, file, start, (int) length).array();
    var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    return new Fields(what).read(new HeaderText(what, text, charset, true), start + text.length);
  }

  private static ByteBuffer bytes(String what, MemorySegment file, int from, int count)
      throws FormatException {
    if (from + count > file.byteSize()) {
      throw new FormatException(
          what,
          "the file ends after %d bytes, expected a header of %d or more"
              .formatted(file.byteSize(), from + count));
    }
    byte[] bytes = file.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What the dictionary has said so far. */
  private static final class Fields {
    private final String what;
    private @Nullable String descr;
    private @Nullable Boolean columnMajor;
    private long @Nullable [] shape;

    Fields(String what) {
      this.what = what;
    }

    NpyHeader read(HeaderText text, int length) throws IOException {
      text.object(name -> field(name, text));
      text.end();
      if (descr == null || columnMajor == null || shape == null) {
        throw new FormatException(
            what, "the header is incomplete, expected descr, fortran_order and shape");
      }
      var type = type(descr);
      return new NpyHeader(
          type,
          descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
          columnMajor,
          Elements.shape(what, type, shape),
          length);
    }

    private void field(String name, HeaderText text) throws FormatException {
      switch (name) {
        case "descr" -> descr = text.string();
        case "fortran_order" -> columnMajor = text.pythonBoolean();
        case "shape" -> shape = text.naturals('(', ')');
        default ->
            throw new FormatException(
                what,
                "the header has \"" + name + "\", expected descr, fortran_order and shape only");
      }
    }

    private ElementType type(String descr) throws FormatException {
      return switch (descr) {
        case "|b1" -> ElementType.BOOL;
        case "|u1" -> ElementType.U8;
        case "|i1" -> ElementType.I8;
        case "<u2", ">u2" -> ElementType.U16;
        case "<i2", ">i2" -> ElementType.I16;
        case "<u4", ">u4" -> ElementType.U32;
        case "<i4", ">i4" -> ElementType.I32;
        case "<u8", ">u8" -> ElementType.U64;
        case "<i8", ">i8" -> ElementType.I64;
        case "<f2", ">f2" -> ElementType.F16;
        case "<f4", ">f4" -> ElementType.F32;
        case "<f8", ">f8" -> ElementType.F64;
        default ->
            throw new FormatException(
                what,
                "elements of type '"
                    + descr
                    + "', expected a boolean (|b1), an integer (<i4) or a real (<f4, <f8)");
      };
    }
  }

  /**
   * The header that NumPy writes, version 1.0, padded so that the data begin at a multiple of 64.
   */
  static byte[] bytes(DType dtype, Shape shape) {
    var extents =
        Arrays.stream(shape.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(
                switch (dtype) {
                  case FLOAT32 -> "<f4";
                  case INT32 -> "<i4";
                },
                shape.rank() == 1 ? extents + "," : extents);
    if (shape.rank() > 0) {
      text += " ".repeat(GROWTH - Integer.toString(shape.dim(0)).length());
    }
    int start = MAGIC.length + 4;
    int length = (start + text.length() + 1 + ALIGNMENT - 1) & -ALIGNMENT;
    if (length - start > LIMIT) {
      throw new IllegalArgumentException(
          "a shape of " + shape.rank() + " axes does not fit a .npy header; reshape it first");
    }
    text += " ".repeat(length - start - text.length() - 1) + "\n";
    return ByteBuffer.allocate(length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) 1)
        .putShort((short) (length - start))
        .put(text.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }
}
