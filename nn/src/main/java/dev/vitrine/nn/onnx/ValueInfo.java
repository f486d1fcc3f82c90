package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name, element type and extents of an input or output.
 *
 * @param extents −1 where the file has a name instead of a number; null = it says nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ValueInfo(String name, long type, long @Nullable [] extents) {
  private static final int FLOAT = 1;
  private static final long MOST = 1 << 24;

  static ValueInfo read(Wire w) throws FormatException {
    String name = "";
    long type = 0;
    long @Nullable [] extents = null;
    while (w.next()) {
      switch (w.field()) {
        case 1 -> name = w.text();
        case 2 -> {
          Wire t = w.message();
          while (t.next()) {
            if (t.field() == 1) {
              Wire tensor = t.message();
              while (tensor.next()) {
                switch (tensor.field()) {
                  case 1 -> type = tensor.whole();
                  case 2 -> extents = extents(tensor.message());
                  default -> {}
                }
              }
            }
          }
        }
        default -> {}
      }
    }
    return new ValueInfo(name, type, extents);
  }

  private static long[] extents(Wire w) throws FormatException {
    var all = new Longs();
    while (w.next()) {
      if (w.field() == 1) {
        Wire dim = w.message();
        long extent = -1;
        while (dim.next()) {
          if (dim.field() == 1) {
            extent = dim.whole();
          }
        }
        all.add(extent);
      }
    }
    return all.toArray();
  }

  /** Refuses what is no batch of rows of known extents in float32. */
  void refuseOther(Wire w) throws FormatException {
    if (type != FLOAT) {
      throw w.error(
          "input \"%s\" takes %s numbers, float32 is needed; export it so"
              .formatted(name, Literal.type(type)));
    }
    if (extents == null || !isKnown(extents)) {
      throw w.error(
          "input \"%s\" has shape %s: a batch axis and then known extents are needed; export it for rows of one size"
              .formatted(name, Arrays.toString(extents)));
    }
  }

  private static boolean isKnown(long[] extents) {
    return extents.length >= 2
        && extents.length <= 8
        && Arrays.stream(extents).skip(1).allMatch(e -> e >= 1 && e <= MOST);
  }

  /** Extents behind the batch axis; {@link #refuseOther} has seen to it that they are known. */
  int[] row() {
    long[] e = extents == null ? new long[1] : extents;
    return Arrays.stream(e, 1, e.length).mapToInt(Math::toIntExact).toArray();
  }

  /** Rows that the graph was written for; 0 = any number. */
  int batch() {
    return extents == null || extents[0] < 1 ? 0 : (int) Math.min(extents[0], MOST);
  }
}
