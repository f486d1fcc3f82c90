package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A named array as it stands in the file: float32, or integers for shapes and indices. */
record Literal(String name, Known value) {
  private static final int FLOAT = 1;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int BOOL = 9;
  private static final int FLOAT64 = 11;

  /** More axes than anybody has; a file cannot make loops deep. */
  private static final int MOST_AXES = 16;

  private static final ValueLayout.OfFloat FLOATS =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INTS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONGS =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static Literal read(Wire w, String what) throws FormatException {
    var dims = new Longs();
    var wholes = new Longs();
    var reals = new Floats();
    @Nullable MemorySegment raw = null;
    long type = 0;
    String name = "";
    boolean elsewhere = false;
    var external = new External();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> w.wholes(dims);
        case 2 -> type = w.whole();
        case 4 -> w.reals(reals);
        case 5, 7 -> w.wholes(wholes);
        case 8 -> name = w.text();
        case 9 -> raw = w.raw();
        case 13 -> external.read(w.message());
        case 14 -> elsewhere = w.whole() == 1;
        default -> {}
      }
    }
    String title = "%s \"%s\"".formatted(what, name);
    if (type != FLOAT && type != INT32 && type != INT64 && type != BOOL) {
      throw w.error(title + " holds " + type(type) + " numbers, float32 is needed; export it so");
    }
    Shape shape = shape(w, title, dims.toArray());
    int n = Math.toIntExact(shape.size());
    if (elsewhere) {
      try (Arena mapped = Arena.ofConfined()) {
        return new Literal(name, of(w, title, type, shape, external.bytes(w, title, mapped)));
      }
    }
    if (raw != null) {
      return new Literal(name, of(w, title, type, shape, raw));
    }
    long have = type == FLOAT ? reals.size() : wholes.size();
    refuseOther(w, title, shape, have, n, "numbers");
    return new Literal(
        name,
        type == FLOAT
            ? new Known.Real(shape, reals.toArray())
            : new Known.Whole(shape, wholes.toArray()));
  }

  private static Shape shape(Wire w, String title, long[] dims) throws FormatException {
    long size = 1;
    boolean fits = dims.length <= MOST_AXES;
    for (long d : dims) {
      fits &= d >= 0 && d <= Integer.MAX_VALUE && (d == 0 || size <= Integer.MAX_VALUE / d);
      size = fits ? size * d : 0;
    }
    if (!fits) {
      throw w.error(
          "%s has shape %s; up to %d extents, none negative, and 2^31 - 1 numbers are possible"
              .formatted(title, Arrays.toString(dims), MOST_AXES));
    }
    return Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
  }

  private static void refuseOther(
      Wire w, String title, Shape shape, long have, long need, String unit) throws FormatException {
    if (have != need) {
      throw w.error(
          "%s has %d %s, its shape %s needs %d; get the whole file again"
              .formatted(title, have, unit, shape, need));
    }
  }

  private static Known of(Wire w, String title, long type, Shape shape, MemorySegment raw)
      throws FormatException {
    int each = type == INT64 ? Long.BYTES : type == BOOL ? 1 : Integer.BYTES;
    refuseOther(w, title, shape, raw.byteSize(), shape.size() * each, "bytes");
    if (type == FLOAT) {
      return new Known.Real(shape, raw.toArray(FLOATS));
    }
    long[] values = new long[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          type == INT64
              ? raw.getAtIndex(LONGS, i)
              : type == INT32
                  ? raw.getAtIndex(INTS, i)
                  : raw.get(ValueLayout.JAVA_BYTE, i) == 0 ? 0 : 1;
    }
    return new Known.Whole(shape, values);
  }

  /** An element type by the name that people know. */
  static String type(long type) {
    String name =
        switch ((int) type) {
          case FLOAT -> "float32";
          case INT32 -> "int32";
          case INT64 -> "int64";
          case BOOL -> "bool";
          case 8 -> "string";
          case 10 -> "float16";
          case FLOAT64 -> "float64";
          case 16 -> "bfloat16";
          default -> "unknown";
        };
    return "%s (type %d)".formatted(name, type);
  }
}
