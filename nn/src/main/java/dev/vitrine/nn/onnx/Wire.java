package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A protobuf message, field by field; every length is checked against what is left before it is
 * believed.
 *
 * <p>Four kinds of fields are all that ONNX uses, so they are read here: generated classes would
 * bring a compiler into the build and a megabyte of runtime. Encoding: protobuf.dev, "Encoding".
 */
final class Wire {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LAST_FIELD = (1 << 29) - 1;

  /** Names are repeated in errors, which are a sentence in one line. */
  private static final long LONGEST_TEXT = 4096;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u0085\u2028\u2029]");
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final String file;
  private final MemorySegment bytes;
  private final long end;
  private long at;
  private long start;
  private int field;
  private int kind;
  private long number;
  private long from;

  private Wire(String file, MemorySegment bytes, long from, long end) {
    this.file = file;
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The message that fills all bytes; {@code file} names them in errors. */
  static Wire of(String file, MemorySegment bytes) {
    return new Wire(file, bytes, 0, bytes.byteSize());
  }

  /** Reads the next field; false at the end of the message. */
  boolean next() throws FormatException {
    if (at == end) {
      return false;
    }
    start = at;
    long tag = varint();
    if (tag >>> 3 == 0 || tag >>> 3 > LAST_FIELD) {
      throw error("byte %d begins no protobuf field; is this an ONNX file?".formatted(start));
    }
    field = (int) (tag >>> 3);
    kind = (int) (tag & 7);
    switch (kind) {
      case VARINT -> number = varint();
      case FIXED64 -> number = bytes.get(LONG, take(Long.BYTES));
      case FIXED32 -> number = bytes.get(INT, take(Integer.BYTES));
      case BYTES -> {
        long length = varint();
        from = take(length);
        number = length;
      }
      default ->
          throw error(
              "byte %d: field %d has wire type %d, which ONNX does not use; is this an ONNX file?"
                  .formatted(start, field, kind));
    }
    return true;
  }

  /** Number of the field just read. */
  int field() {
    return field;
  }

  /** The file whose bytes these are. */
  String file() {
    return file;
  }

  long whole() throws FormatException {
    need(VARINT);
    return number;
  }

  float real() throws FormatException {
    need(FIXED32);
    return Float.intBitsToFloat((int) number);
  }

  String text() throws FormatException {
    need(BYTES);
    if (number > LONGEST_TEXT) {
      throw error("byte %d: a name of %d bytes; is this an ONNX file?".formatted(start, number));
    }
    String text = new String(raw().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    return CONTROL.matcher(text).replaceAll("?");
  }

  Wire message() throws FormatException {
    need(BYTES);
    return new Wire(file, bytes, from, from + number);
  }

  /** The bytes where they lie. */
  MemorySegment raw() throws FormatException {
    need(BYTES);
    return bytes.asSlice(from, number);
  }

  /** A repeated field: one number, or many packed together. */
  void wholes(Longs to) throws FormatException {
    if (kind == VARINT) {
      to.add(number);
      return;
    }
    Wire packed = message();
    while (packed.at < packed.end) {
      to.add(packed.varint());
    }
  }

  /** A repeated field: one number, or many packed together. */
  void reals(Floats to) throws FormatException {
    if (kind == FIXED32) {
      to.add(real());
      return;
    }
    Wire packed = message();
    while (packed.at < packed.end) {
      to.add(Float.intBitsToFloat(bytes.get(INT, packed.take(Integer.BYTES))));
    }
  }

  /** A problem that the file's bytes are the cause of. */
  FormatException error(String problem) {
    return new FormatException(file, problem);
  }

  private void need(int wanted) throws FormatException {
    if (kind != wanted) {
      throw error(
          "byte %d: field %d has wire type %d, expected %d; is this an ONNX file?"
              .formatted(start, field, kind, wanted));
    }
  }

  /** Moves on over so many bytes; where they begin. */
  private long take(long length) throws FormatException {
    if (length < 0 || length > end - at) {
      throw error(
          "truncated: the field at byte %d needs %s bytes, %d are left; get the whole file again"
              .formatted(start, Long.toUnsignedString(length), end - at));
    }
    long here = at;
    at += length;
    return here;
  }

  /** Seven bits a byte, the lowest first; at most ten bytes. */
  private long varint() throws FormatException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte b = bytes.get(ValueLayout.JAVA_BYTE, take(1));
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw error(
        "byte %d: a number has more than ten bytes; is this an ONNX file?".formatted(start));
  }
}
