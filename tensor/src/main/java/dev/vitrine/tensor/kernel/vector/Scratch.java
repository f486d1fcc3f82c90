package dev.vitrine.tensor.kernel.vector;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Working memory of one thread: it grows to what the largest kernel so far needed, then stays. */
final class Scratch {
  final Product product = new Product();

  /** The right operand of a product. */
  final Buffer panels = new Buffer();

  /** Patches of images: the left operand of a convolution. */
  final Patches patches = new Patches(product, new Buffer());

  final ConvolutionWeights convolutionWeights = new ConvolutionWeights(product, panels);

  final SparseData sparseData = new SparseData();

  /** dy of a convolution. */
  final Gradient gradient = new Gradient(new Buffer());

  /** A convolution's rows under a pool's. */
  final Buffer lines = new Buffer();

  final Blocks blocks = new Blocks();

  /** A few rows or blocks. */
  final Buffer rows = new Buffer();

  /** Aligned floats that nobody else writes to. */
  static final class Buffer {
    private @Nullable Tensor tensor;

    /** At least so many floats; what they held is lost when the buffer grows. */
    MemorySegment floats(long count) {
      Tensor t = tensor;
      if (t == null || t.size() < count) {
        if (t != null) {
          t.owner().close();
        }
        t = new Memory("scratch of a vector kernel").floats(Shape.of(Math.toIntExact(count)));
        tensor = t;
      }
      return t.segment();
    }

    /** The address of at least so many floats. */
    long address(long count) {
      return floats(count).address();
    }
  }
}
