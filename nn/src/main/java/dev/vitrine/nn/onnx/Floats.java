package dev.vitrine.nn.onnx;

import java.util.Arrays;

/** A list of float32 numbers that grows with what was read, never with what was announced. */
final class Floats {
  private float[] values = {};
  private int size;

  void add(float v) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(8, 2 * size));
    }
    values[size++] = v;
  }

  int size() {
    return size;
  }

  float[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
