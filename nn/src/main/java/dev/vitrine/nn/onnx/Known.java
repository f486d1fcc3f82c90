package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/** An array whose numbers are known without any batch: row-major, as the file writes it. */
sealed interface Known extends Value {
  /** Element i of the result is element {@code from[i]} of this. */
  Known picked(Shape to, int[] from);

  /** The same numbers under another shape of the same size. */
  Known reshaped(Shape to);

  /** Integers and booleans. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Whole(Shape shape, long[] values) implements Known {
    static Whole of(long... values) {
      return new Whole(Shape.of(values.length), values);
    }

    static Whole of(Shape extents) {
      return of(Arrays.stream(extents.dims()).asLongStream().toArray());
    }

    @Override
    public Whole picked(Shape to, int[] from) {
      long[] y = new long[from.length];
      Arrays.setAll(y, i -> values[from[i]]);
      return new Whole(to, y);
    }

    @Override
    public Whole reshaped(Shape to) {
      return new Whole(to, values);
    }
  }

  /** Float32 numbers. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Real(Shape shape, float[] values) implements Known {
    @Override
    public Real picked(Shape to, int[] from) {
      float[] y = new float[from.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = values[from[i]];
      }
      return new Real(to, y);
    }

    @Override
    public Real reshaped(Shape to) {
      return new Real(to, values);
    }

    /** Axis k of the result is axis {@code axes[k]} of this. */
    Real permuted(int... axes) {
      return picked(Moves.permuted(shape, axes), Moves.permutation(shape, axes));
    }
  }
}
