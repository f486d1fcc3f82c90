package dev.vitrine.bench.run;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rows of a .npy file, which is mapped for each part anew: so no page of the others stays, and a
 * file that was cut short meanwhile is an error, not a crash.
 */
record NpyRows(Path file, Shape shape) implements Rows {
  /** Refuses rows of another shape than {@code like}'s, [?, …]. */
  static NpyRows of(Path file, Shape like) throws IOException {
    try (var mapped = new Memory(file.toString())) {
      Tensor all = Npy.map(file, mapped);
      Shape shape = all.shape();
      if (all.dtype() != DType.FLOAT32) {
        throw new IOException(file + ": its elements are int32, float32 is needed; convert them");
      }
      if (shape.rank() == 0 || !shape.with(0, 1).equals(like.with(0, 1))) {
        throw new IOException(
            "%s: its shape is %s, the model takes rows of shape %s: [n, …] with these extents is needed"
                .formatted(file, shape, like.without(0)));
      }
      return new NpyRows(file, shape);
    }
  }

  @Override
  public String name() {
    return String.valueOf(file.getFileName());
  }

  @Override
  public Tensor read(int from, int to, Memory memory) throws IOException {
    try (var mapped = new Memory(file.toString())) {
      Tensor all = Npy.map(file, mapped);
      if (!all.shape().equals(shape)) {
        throw new IOException(
            "%s: its shape was %s and is now %s; the same command goes on with the file as it is"
                .formatted(file, shape, all.shape()));
      }
      return memory.floats(shape.with(0, to - from)).set(all.rows(from, to));
    }
  }

  @Override
  public void close() {}
}
