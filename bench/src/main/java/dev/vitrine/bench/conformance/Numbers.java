package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.nio.file.Path;

/** A host array in binary64, row-major; {@code integer}: it holds labels, indices or counts. */
record Numbers(Shape shape, double[] values, boolean integer) {

  static Numbers of(Shape shape, double... values) {
    return new Numbers(shape, values, false);
  }

  static Numbers read(Path file, boolean integer) throws IOException {
    var array = Npy.readDoubles(file);
    return new Numbers(array.shape(), array.values(), integer);
  }

  /** The elements of a tensor, none of which is rounded. */
  static Numbers of(Tensor t) {
    boolean integer = t.dtype() == DType.INT32;
    double[] values = new double[Math.toIntExact(t.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = integer ? t.intAt(i) : t.at(i);
    }
    return new Numbers(t.shape(), values, integer);
  }

  /**
   * An int32 tensor if these are integers, else a float32 one; elements are rounded to the nearest.
   */
  Tensor tensor(Memory memory) {
    return integer ? memory.ints(shape, ints()) : memory.floats(shape, floats());
  }

  /** As float32 whatever they are; for conditions and targets that are written as integers. */
  Numbers real() {
    return new Numbers(shape, values, false);
  }

  private float[] floats() {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return f;
  }

  int[] ints() {
    int[] k = new int[values.length];
    for (int i = 0; i < k.length; i++) {
      k[i] = Math.toIntExact((long) values[i]);
    }
    return k;
  }

  /** The same elements under another shape. */
  Numbers reshape(Shape other) {
    if (other.size() != shape.size()) {
      throw new IllegalArgumentException("cannot reshape " + shape + " to " + other);
    }
    return new Numbers(other, values, integer);
  }

  /** Axis k of the result is axis {@code axes[k]} of this. */
  Numbers permute(int... axes) {
    int rank = axes.length;
    int[] strides = new int[rank];
    int stride = 1;
    for (int i = rank - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape.dim(i);
    }
    int[] dims = new int[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] = shape.dim(axes[i]);
    }
    double[] moved = new double[values.length];
    for (int o = 0; o < moved.length; o++) {
      int rest = o;
      int from = 0;
      for (int i = rank - 1; i >= 0; i--) {
        from += rest % dims[i] * strides[axes[i]];
        rest /= dims[i];
      }
      moved[o] = values[from];
    }
    return new Numbers(Shape.of(dims), moved, integer);
  }
}
