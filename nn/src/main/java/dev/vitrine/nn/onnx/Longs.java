package dev.vitrine.nn.onnx;

import java.util.Arrays;

/** A list of long numbers that grows with what was read, never with what was announced. */
final class Longs {
  private long[] values = {};
  private int size;

  void add(long v) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, 2 * size));
    }
    values[size++] = v;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
